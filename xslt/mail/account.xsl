<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What happened to an account, to whose it is. -->

<xsl:template match="mail[@id = 'account']" mode="subject"><xsl:value-of select="t:text(concat($id, '.subject'), arg)"/></xsl:template>

<xsl:template match="mail[@id = 'account']" mode="text"><xsl:value-of select="t:text(concat($id, '.text'), arg)"/></xsl:template>

<xsl:template match="mail[@id = 'account']" mode="link-words">
	<xsl:choose>
		<xsl:when test="t:has(concat($id, '.link'))"><xsl:value-of select="t:text(concat($id, '.link'))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('mail.login')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="mail[@id = 'account']" mode="about"><xsl:value-of select="t:text('mail.account.about')"/></xsl:template>

</xsl:stylesheet>
