<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	Work under way: words progress.ID. The page asks for itself again, by
	script or, without one, by the head (page.xsl).
-->
<xsl:template match="progress">
	<section class="section" id="progress" data-poll="2" aria-labelledby="progress-title">
		<h2 id="progress-title"><xsl:value-of select="t:text(concat('progress.', @id, '.title'))"/></h2>
		<progress class="progress" aria-labelledby="progress-title">
			<xsl:if test="@max">
				<xsl:attribute name="value"><xsl:value-of select="@value"/></xsl:attribute>
				<xsl:attribute name="max"><xsl:value-of select="@max"/></xsl:attribute>
			</xsl:if>
		</progress>
		<xsl:if test="@max"><p class="strong"><xsl:value-of select="t:text(concat('progress.', @id, '.done'), arg)"/></p></xsl:if>
		<p class="hint"><xsl:value-of select="t:text(concat('progress.', @id, '.text'))"/></p>
	</section>
</xsl:template>

</xsl:stylesheet>
