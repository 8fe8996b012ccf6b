<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- 'Verstuur aanvraag': a request as PDF, sent by somebody, or by oneself. -->

<xsl:template match="mail[@id = 'request-copy']" mode="subject"><xsl:value-of select="t:text(concat($id, '.subject'), arg)"/></xsl:template>

<xsl:template match="mail[@id = 'request-copy']" mode="text">
	<xsl:choose>
		<xsl:when test="from"><xsl:value-of select="t:text(concat($id, '.text'), arg, from/@name)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat($id, '.self'), arg)"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="mail[@id = 'request-copy']" mode="about"><xsl:value-of select="t:text('mail.attached')"/></xsl:template>

</xsl:stylesheet>
