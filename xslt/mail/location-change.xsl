<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What happened to a location change request, to one of those who are told. -->

<xsl:import href="lib/layout.xsl"/>

<xsl:variable name="id" select="concat('mail.location-change.', /mail/@event, '.', /mail/@told)"/>

<xsl:template name="subject"><xsl:value-of select="t:text(concat($id, '.subject'), arg)"/></xsl:template>

<xsl:template name="text"><xsl:value-of select="t:text(concat($id, '.text'), arg)"/></xsl:template>

<xsl:template name="link-words"><xsl:value-of select="t:text('mail.location-change.link')"/></xsl:template>

</xsl:stylesheet>
