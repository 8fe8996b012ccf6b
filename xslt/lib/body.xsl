<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- One column, or main and aside; panels; what nobody draws. -->

<xsl:template match="body[main]">
	<div class="cols cols--main">
		<xsl:if test="aside/@first">
			<xsl:attribute name="class">cols cols--main cols--first</xsl:attribute>
			<xsl:apply-templates select="aside"/>
		</xsl:if>
		<div class="stack"><xsl:apply-templates select="main/*"/></div>
		<xsl:apply-templates select="aside[not(@first)]"/>
	</div>
</xsl:template>

<!-- Beside main; with @first above it on a phone, and read before it. -->
<xsl:template match="aside">
	<aside class="stack" aria-label="{t:text('nav.aside')}"><xsl:apply-templates select="*"/></aside>
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

<!--
	A panel with a heading around one element: its own text, or $else;
	without either no panel.
-->
<xsl:template name="panel">
	<xsl:param name="content"/>
	<xsl:param name="else"/>
	<xsl:variable name="own" select="concat(local-name(), '.', @id, '.title')"/>
	<xsl:variable name="id">
		<xsl:choose>
			<xsl:when test="t:has($own)"><xsl:value-of select="$own"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="$else"/></xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="$id != ''">
			<xsl:variable name="same" select="count(preceding-sibling::*[@id = current()/@id][local-name() = local-name(current())])"/>
			<xsl:variable name="name" select="concat(local-name(), '-', @id, '-', $same + 1)"/>
			<section class="section" aria-labelledby="{$name}">
				<xsl:if test="self::timeline/@href"><xsl:attribute name="aria-labelledby"><xsl:value-of select="concat($name, ' ', $name, '-link')"/></xsl:attribute></xsl:if>
				<xsl:if test="self::actions"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
				<h2 id="{$name}"><xsl:value-of select="t:text($id, arg)"/></h2>
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
