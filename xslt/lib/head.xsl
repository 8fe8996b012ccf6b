<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What stands above the body: crumbs, title, context, main actions. -->

<xsl:template name="title">
	<xsl:choose>
		<xsl:when test="title/arg"><xsl:value-of select="t:text(concat('page.', @id, '.title'), title/arg)"/></xsl:when>
		<xsl:when test="title != ''"><xsl:value-of select="title"/></xsl:when>
		<xsl:when test="body/error"><xsl:value-of select="t:text(concat('error.', body/error/@status, '.title'))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat('page.', @id, '.title'))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="intro">
	<xsl:variable name="id" select="concat('page.', @id, '.intro')"/>
	<xsl:if test="t:has($id)">
		<p class="muted">
			<xsl:call-template name="words"><xsl:with-param name="text" select="t:raw($id, intro/arg)"/></xsl:call-template>
		</p>
	</xsl:if>
</xsl:template>

<xsl:template match="crumbs">
	<nav aria-label="{t:text('nav.crumbs')}">
		<ol class="crumbs">
			<xsl:for-each select="crumb">
				<li>
					<xsl:choose>
						<xsl:when test="@href"><a href="{@href}"><xsl:call-template name="crumb-words"/></a></xsl:when>
						<xsl:otherwise>
							<xsl:if test="position() = last()"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
							<xsl:call-template name="crumb-words"/>
						</xsl:otherwise>
					</xsl:choose>
				</li>
			</xsl:for-each>
		</ol>
	</nav>
</xsl:template>

<xsl:template name="crumb-words">
	<xsl:choose>
		<xsl:when test=". != ''"><xsl:value-of select="t:code(.)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat('crumb.', @id))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="head">
	<!-- Blocks stand in body, main or aside, and in a section of these; "//"
		would look at every cell. The exports of a page's only list stand here; of nothing, nowhere. -->
	<xsl:variable name="exports" select="body[count(list | */list | */*/list) = 1]/list[rows/row]/exports/export"/>
	<xsl:variable name="actions" select="(body | body/* | body/*/*)/actions[@place = 'head']/action"/>
	<div class="head">
		<div>
			<div class="head__title">
				<h1><xsl:call-template name="title"/></h1>
				<xsl:if test="title/@state">
					<xsl:call-template name="badge">
						<xsl:with-param name="set" select="title/@set"/>
						<xsl:with-param name="state" select="title/@state"/>
					</xsl:call-template>
				</xsl:if>
			</div>
			<xsl:call-template name="intro"/>
		</div>
		<xsl:if test="$exports or $actions">
			<div class="row actions">
				<xsl:apply-templates select="$exports"/>
				<xsl:apply-templates select="$actions"/>
			</div>
		</xsl:if>
	</div>
</xsl:template>

</xsl:stylesheet>
