<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	Every mail: greeting, what it says, details, a button, who sends it. What
	one says of its own stands in a stylesheet of its name, which is included
	here: templates for its id in the modes subject and text, and in link-words
	and about where they are not those below. Plain text is made of the same
	HTML (core/plain_text.c). Mail programs know no style sheets: the look
	stands in style="".
-->

<xsl:include href="account.xsl"/>
<xsl:include href="export.xsl"/>
<xsl:include href="location-change.xsl"/>
<xsl:include href="request.xsl"/>
<xsl:include href="request-copy.xsl"/>

<xsl:output method="html" encoding="UTF-8" indent="no"/>

<!-- What its words begin with. -->
<xsl:variable name="id">
	<xsl:value-of select="concat('mail.', /mail/@id)"/>
	<xsl:if test="/mail/@event"><xsl:value-of select="concat('.', /mail/@event)"/></xsl:if>
	<xsl:if test="/mail/@told"><xsl:value-of select="concat('.', /mail/@told)"/></xsl:if>
</xsl:variable>

<xsl:variable name="font">font:16px/1.5 Inter,Arial,sans-serif;color:#14232a</xsl:variable>
<xsl:variable name="small">margin:0 0 8px;font:14px/1.5 Inter,Arial,sans-serif;color:#48585f</xsl:variable>

<xsl:template match="mail" mode="subject">
	<xsl:message terminate="yes"><xsl:value-of select="concat('mail/', @id)"/></xsl:message>
</xsl:template>

<xsl:template match="/mail">
	<html lang="{@lang}">
		<head>
			<meta charset="utf-8"/>
			<meta name="viewport" content="width=device-width, initial-scale=1"/>
			<title><xsl:apply-templates select="." mode="subject"/></title>
		</head>
		<body style="margin:0;padding:24px 16px;background:#f4f7f7;{$font}">
			<div style="max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d8e0e1;border-radius:8px">
				<p style="margin:0 0 24px;padding-bottom:16px;border-bottom:1px solid #d8e0e1;font-weight:bold"><xsl:value-of select="brand/@name"/></p>
				<p style="margin:0 0 16px"><xsl:call-template name="greeting"/></p>
				<p style="margin:0 0 16px"><xsl:apply-templates select="." mode="text"/></p>
				<xsl:apply-templates select="reason[. != '']"/>
				<xsl:apply-templates select="detail"/>
				<xsl:apply-templates select="link"/>
				<p style="margin:0 0 16px"><xsl:value-of select="t:text('mail.closing')"/><br/><xsl:value-of select="brand/@name"/></p>
				<xsl:call-template name="foot"/>
			</div>
		</body>
	</html>
</xsl:template>

<xsl:template name="greeting">
	<xsl:choose>
		<xsl:when test="to/@name != ''"><xsl:value-of select="t:text('mail.greeting', to/@name)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('mail.greeting.none')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="reason">
	<div style="margin:0 0 16px;padding:8px 16px;border-left:3px solid #bac6c8">
		<p style="margin:0;color:#48585f"><xsl:value-of select="t:text('mail.reason')"/></p>
		<p style="margin:0;white-space:pre-line"><xsl:value-of select="."/></p>
	</div>
</xsl:template>

<xsl:template match="detail">
	<table style="width:100%;margin:0 0 24px;border-collapse:collapse;{$font}">
		<xsl:for-each select="item[. != '']">
			<tr>
				<th style="width:35%;padding:6px 12px 6px 0;border-bottom:1px solid #d8e0e1;text-align:left;vertical-align:top;font-weight:normal;color:#48585f"><xsl:value-of select="t:text(concat('detail.', ../@id, '.', @name))"/></th>
				<td style="padding:6px 0;border-bottom:1px solid #d8e0e1;vertical-align:top"><xsl:value-of select="t:value(string(@type), string(.), string(@set))"/></td>
			</tr>
		</xsl:for-each>
	</table>
</xsl:template>

<xsl:template match="link">
	<p style="margin:0 0 24px">
		<a href="{@href}" style="display:inline-block;padding:10px 20px;border-radius:4px;background:#14232a;color:#ffffff;font-weight:bold;text-decoration:none"><xsl:apply-templates select="/mail" mode="link-words"/></a>
	</p>
</xsl:template>

<xsl:template match="mail" mode="link-words"><xsl:value-of select="t:text('mail.login')"/></xsl:template>

<xsl:template name="foot">
	<div style="margin-top:24px;padding-top:16px;border-top:1px solid #d8e0e1">
		<p style="{$small}"><xsl:value-of select="t:text('mail.questions')"/></p>
		<p style="{$small}"><xsl:apply-templates select="." mode="about"/></p>
		<xsl:if test="link">
			<p style="{$small}"><a href="{concat(substring-before(link/@href, '//'), '//', substring-before(substring-after(link/@href, '//'), '/'), '/login')}" style="color:#14232a"><xsl:value-of select="t:text('mail.login')"/></a></p>
		</xsl:if>
	</div>
</xsl:template>

<xsl:template match="mail" mode="about"><xsl:value-of select="t:text('mail.privacy')"/></xsl:template>

</xsl:stylesheet>
