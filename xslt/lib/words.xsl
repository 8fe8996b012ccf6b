<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	"words": a text in which {phone}, {email} and {link} become links; the
	link's words are $link, it leads to $href.
-->
<xsl:template name="words">
	<xsl:param name="text"/>
	<xsl:param name="link"/>
	<xsl:param name="href"/>
	<xsl:variable name="mark">
		<xsl:choose>
			<xsl:when test="contains($text, '{phone}')">{phone}</xsl:when>
			<xsl:when test="contains($text, '{email}')">{email}</xsl:when>
			<xsl:when test="contains($text, '{link}')">{link}</xsl:when>
		</xsl:choose>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="$mark = ''"><xsl:value-of select="$text"/></xsl:when>
		<xsl:otherwise>
			<xsl:call-template name="words">
				<xsl:with-param name="text" select="substring-before($text, $mark)"/>
				<xsl:with-param name="link" select="$link"/>
				<xsl:with-param name="href" select="$href"/>
			</xsl:call-template>
			<xsl:choose>
				<xsl:when test="$mark = '{phone}'"><a class="nowrap" href="{t:tel(/page/brand/@phone)}"><xsl:value-of select="t:phone(/page/brand/@phone)"/></a></xsl:when>
				<xsl:when test="$mark = '{email}'"><a href="{t:mailto(/page/brand/@email)}"><xsl:value-of select="/page/brand/@email"/></a></xsl:when>
				<xsl:when test="$href">
					<a href="{$href}">
						<xsl:if test="starts-with($href, 'tel:')"><xsl:attribute name="class">nowrap</xsl:attribute></xsl:if>
						<xsl:value-of select="$link"/>
					</a>
				</xsl:when>
				<xsl:otherwise><xsl:value-of select="$link"/></xsl:otherwise>
			</xsl:choose>
			<xsl:call-template name="words">
				<xsl:with-param name="text" select="substring-after($text, $mark)"/>
				<xsl:with-param name="link" select="$link"/>
				<xsl:with-param name="href" select="$href"/>
			</xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- A value as its type wants it, with the markup that belongs to it. -->
<xsl:template name="value">
	<xsl:param name="type" select="@type"/>
	<xsl:param name="value" select="string(.)"/>
	<xsl:param name="set" select="@set"/>
	<xsl:choose>
		<xsl:when test="$type = 'state'">
			<xsl:call-template name="badge">
				<xsl:with-param name="set" select="$set"/>
				<xsl:with-param name="state" select="$value"/>
			</xsl:call-template>
		</xsl:when>
		<xsl:when test="starts-with($type, 'date')"><time datetime="{$value}"><xsl:value-of select="t:value($type, $value)"/></time></xsl:when>
		<xsl:when test="$type = 'code'"><span class="code"><xsl:value-of select="t:code($value)"/></span></xsl:when>
		<xsl:when test="$type = 'phone'"><a class="nowrap" href="{t:tel($value)}"><xsl:value-of select="t:phone($value)"/></a></xsl:when>
		<xsl:when test="$type = 'email'"><a href="{t:mailto($value)}"><xsl:value-of select="substring-before($value, '@')"/><wbr/><xsl:value-of select="concat('@', substring-after($value, '@'))"/></a></xsl:when>
		<xsl:when test="$type = 'lines'"><span class="lines"><xsl:value-of select="$value"/></span></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:value(string($type), $value, string($set))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
