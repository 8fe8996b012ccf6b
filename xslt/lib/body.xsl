<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- One column, or main and aside; panels; what nobody draws. -->

<xsl:template match="body[main]">
	<div class="cols cols--main">
		<div class="stack"><xsl:apply-templates select="main/*"/></div>
		<aside class="stack" aria-label="{t:text('nav.aside')}"><xsl:apply-templates select="aside/*"/></aside>
	</div>
</xsl:template>

<xsl:template match="body">
	<div class="stack"><xsl:apply-templates select="*"/></div>
</xsl:template>

<xsl:template match="section">
	<xsl:variable name="id" select="concat('section.', @id)"/>
	<section class="section" id="{@id}" aria-labelledby="{@id}-title">
		<h2 id="{@id}-title"><xsl:value-of select="t:text(concat($id, '.title'))"/></h2>
		<xsl:if test="t:has(concat($id, '.text'))">
			<p class="hint"><xsl:value-of select="t:text(concat($id, '.text'))"/></p>
		</xsl:if>
		<xsl:apply-templates select="*"/>
	</section>
</xsl:template>

<!-- A panel with a heading around one element, where the element has one. -->
<xsl:template name="panel">
	<xsl:param name="content"/>
	<xsl:variable name="id" select="concat(local-name(), '.', @id, '.title')"/>
	<xsl:choose>
		<xsl:when test="t:has($id)">
			<section class="section" id="{@id}" aria-labelledby="{@id}-title">
				<h2 id="{@id}-title"><xsl:value-of select="t:text($id, arg)"/></h2>
				<xsl:copy-of select="$content"/>
			</section>
		</xsl:when>
		<xsl:otherwise><xsl:copy-of select="$content"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="*">
	<div class="unknown"><xsl:value-of select="t:unknown(name())"/></div>
</xsl:template>

</xsl:stylesheet>
