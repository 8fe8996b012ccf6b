<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What happened to a request, to one of those who are told. -->

<xsl:template match="mail[@id = 'request']" mode="subject"><xsl:value-of select="t:text(concat($id, '.subject'), arg)"/></xsl:template>

<xsl:template match="mail[@id = 'request']" mode="text"><xsl:value-of select="t:text(concat($id, '.text'), arg)"/></xsl:template>

<xsl:template match="mail[@id = 'request']" mode="link-words"><xsl:value-of select="t:text(concat('mail.request.', @told, '.link'))"/></xsl:template>

</xsl:stylesheet>
