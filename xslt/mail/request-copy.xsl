<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- 'Verstuur aanvraag': a request as PDF, sent by somebody. -->

<xsl:import href="lib/layout.xsl"/>

<xsl:variable name="id" select="concat('mail.', /mail/@id)"/>

<xsl:template name="subject"><xsl:value-of select="t:text(concat($id, '.subject'), arg, from/@name)"/></xsl:template>

<xsl:template name="text"><xsl:value-of select="t:text(concat($id, '.text'), arg, from/@name)"/></xsl:template>

<xsl:template name="about"><xsl:value-of select="t:text('mail.attached')"/></xsl:template>

</xsl:stylesheet>
