<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Photos with something: small ones, each a link to the whole. -->

<xsl:template match="photos">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ul class="photos plain"><xsl:apply-templates select="photo"/></ul>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="photo">
	<li>
		<a href="{@href}"><img src="{@href}?size=small" width="{@width}" height="{@height}" loading="lazy" alt="{t:text('photos.photo', @n)}"/></a>
	</li>
</xsl:template>

</xsl:stylesheet>
