<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- The second step: a secret to scan, codes to print, where one is logged
     in. -->

<!-- A phone can't scan its own screen: the same as a link and as a key. -->
<xsl:template match="qr">
	<xsl:variable name="id" select="concat('qr.', @id)"/>
	<div class="scan">
		<svg class="scan__code" viewBox="-4 -4 {@size + 8} {@size + 8}" role="img" aria-label="{t:text(concat($id, '.alt'))}">
			<path d="{@path}"/>
		</svg>
		<div class="stack">
			<p><a class="btn" href="{@address}">
				<xsl:call-template name="icon"><xsl:with-param name="name">smartphone</xsl:with-param></xsl:call-template>
				<xsl:value-of select="t:text(concat($id, '.link'))"/>
			</a></p>
			<p class="hint"><xsl:value-of select="t:text(concat($id, '.key'))"/></p>
			<p class="scan__key"><xsl:call-template name="groups"><xsl:with-param name="text" select="@key"/></xsl:call-template></p>
		</div>
	</div>
</xsl:template>

<!-- In fours, for the eye; copied it is one word. -->
<xsl:template name="groups">
	<xsl:param name="text"/>
	<xsl:if test="$text != ''">
		<span><xsl:value-of select="substring($text, 1, 4)"/></span>
		<xsl:call-template name="groups"><xsl:with-param name="text" select="substring($text, 5)"/></xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template match="codes">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ol class="codes"><xsl:for-each select="code"><li><xsl:value-of select="."/></li></xsl:for-each></ol>
			<p class="hint"><xsl:value-of select="t:text(concat('codes.', @id, '.text'))"/></p>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="devices">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ul class="plain devices"><xsl:apply-templates select="device"/></ul>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="device">
	<li>
		<p class="row">
			<span class="strong">
				<xsl:choose>
					<xsl:when test="@name != ''"><xsl:value-of select="@name"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:text('device.unknown')"/></xsl:otherwise>
				</xsl:choose>
			</span>
			<xsl:if test="@own = 'yes'"><span class="badge"><xsl:value-of select="t:text('device.own')"/></span></xsl:if>
		</p>
		<p class="hint"><xsl:value-of select="t:text('device.since', t:value('datetime', @since), @address)"/></p>
	</li>
</xsl:template>

</xsl:stylesheet>
