<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- The body of an error page; its title stands in the head. -->

<xsl:template match="body/error">
	<section class="section">
		<p>
			<xsl:call-template name="words"><xsl:with-param name="text" select="t:raw(concat('error.', @status, '.text'))"/></xsl:call-template>
		</p>
		<p class="actions">
			<a class="btn btn--main" href="/"><xsl:value-of select="t:text('error.home')"/></a>
		</p>
		<xsl:if test="@request">
			<p class="hint"><xsl:value-of select="t:text('error.request')"/><xsl:text> </xsl:text><span class="code"><xsl:value-of select="@request"/></span></p>
		</xsl:if>
	</section>
</xsl:template>

</xsl:stylesheet>
