<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What happened to an account, to whose it is. -->

<xsl:import href="lib/layout.xsl"/>

<xsl:variable name="id" select="concat('mail.account.', /mail/@event)"/>

<xsl:template name="subject"><xsl:value-of select="t:text(concat($id, '.subject'), /mail/arg)"/></xsl:template>

<xsl:template name="text"><xsl:value-of select="t:text(concat($id, '.text'), /mail/arg)"/></xsl:template>

<xsl:template name="link-words">
	<xsl:choose>
		<xsl:when test="t:has(concat($id, '.link'))"><xsl:value-of select="t:text(concat($id, '.link'))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('mail.login')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="about"><xsl:value-of select="t:text('mail.account.about')"/></xsl:template>

</xsl:stylesheet>
