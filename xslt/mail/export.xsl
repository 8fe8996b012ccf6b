<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- An export that took long is there. -->

<xsl:template match="mail[@id = 'export']" mode="subject"><xsl:value-of select="t:text('mail.export.subject', arg)"/></xsl:template>

<xsl:template match="mail[@id = 'export']" mode="text"><xsl:value-of select="t:text('mail.export.text', arg)"/></xsl:template>

</xsl:stylesheet>
