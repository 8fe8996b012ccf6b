<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Locations with their departments. -->

<xsl:template match="tree">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ul class="tree"><xsl:apply-templates select="place"/></ul>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="tree/place">
	<li>
		<p>
			<span class="strong"><xsl:value-of select="@name"/></span>
			<xsl:if test="@note"><span class="hint"><xsl:value-of select="@note"/></span></xsl:if>
			<xsl:if test="@whole = 'yes'">
				<span class="badge">
					<xsl:call-template name="icon"><xsl:with-param name="name">check</xsl:with-param></xsl:call-template>
					<xsl:value-of select="t:text('tree.whole')"/>
				</span>
			</xsl:if>
			<xsl:call-template name="tree-more"/>
		</p>
		<xsl:if test="place">
			<ul class="plain">
				<xsl:for-each select="place"><li><span><xsl:value-of select="@name"/></span><xsl:call-template name="tree-more"/></li></xsl:for-each>
			</ul>
		</xsl:if>
	</li>
</xsl:template>

<!-- How much stands there, whether it is closed, and where it is changed. -->
<xsl:template name="tree-more">
	<xsl:choose>
		<xsl:when test="@closed = 'yes'">
			<span class="badge badge--rest">
				<xsl:call-template name="icon"><xsl:with-param name="name">archive</xsl:with-param></xsl:call-template>
				<xsl:value-of select="t:text('tree.closed')"/>
			</span>
		</xsl:when>
		<xsl:when test="@aids = 1"><span class="hint"><xsl:value-of select="t:text('tree.aids.one')"/></span></xsl:when>
		<xsl:when test="@aids &gt; 1"><span class="hint"><xsl:value-of select="t:text('tree.aids', t:number(@aids))"/></span></xsl:when>
	</xsl:choose>
	<xsl:if test="@href">
		<xsl:variable name="link">
			<xsl:choose>
				<xsl:when test="@link"><xsl:value-of select="@link"/></xsl:when>
				<xsl:otherwise><xsl:text>link</xsl:text></xsl:otherwise>
			</xsl:choose>
		</xsl:variable>
		<a class="tree__link" href="{@href}"><xsl:value-of select="t:text(concat('tree.', ancestor::tree/@id, '.', $link))"/><span class="sr"><xsl:value-of select="concat(' ', @name)"/></span></a>
	</xsl:if>
</xsl:template>

<!--
	The same, to be ticked: a location is folded while nothing in it is. Of one
	that is ticked as a whole the rest goes along.
-->
<xsl:template match="ticks">
	<section class="section" aria-labelledby="ticks-{@id}">
		<h2 id="ticks-{@id}"><xsl:value-of select="t:text(concat('ticks.', @id, '.title'))"/></h2>
		<p class="hint"><xsl:value-of select="t:text(concat('ticks.', @id, '.text'))"/></p>
		<ul class="tree"><xsl:apply-templates select="place"/></ul>
	</section>
</xsl:template>

<xsl:template match="ticks/place">
	<xsl:variable name="all" select="count(place)"/>
	<xsl:variable name="ticked" select="count(place[@ticked])"/>
	<li>
		<details>
			<xsl:if test="@ticked or $ticked"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
			<summary>
				<xsl:call-template name="icon"><xsl:with-param name="name">chevron-down</xsl:with-param></xsl:call-template>
				<span>
					<span class="strong"><xsl:value-of select="@name"/></span>
					<xsl:if test="@note"><span class="hint"><xsl:value-of select="concat(' ', @note)"/></span></xsl:if>
				</span>
				<span class="muted nowrap">
					<xsl:choose>
						<xsl:when test="@ticked"><xsl:value-of select="t:text('ticks.whole')"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="t:text('ticks.count', $ticked, $all)"/></xsl:otherwise>
					</xsl:choose>
				</span>
			</summary>
			<ul>
				<li><xsl:call-template name="tick">
					<xsl:with-param name="name">whole</xsl:with-param>
					<xsl:with-param name="words" select="t:text('ticks.all-of', @name)"/>
				</xsl:call-template></li>
				<xsl:for-each select="place">
					<li><xsl:call-template name="tick">
						<xsl:with-param name="name">place</xsl:with-param>
						<xsl:with-param name="words" select="@name"/>
					</xsl:call-template></li>
				</xsl:for-each>
			</ul>
		</details>
	</li>
</xsl:template>

<xsl:template name="tick">
	<xsl:param name="name"/>
	<xsl:param name="words"/>
	<label class="check">
		<input type="checkbox" name="{$name}" value="{@value}">
			<xsl:if test="@ticked"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
		</input>
		<span><xsl:value-of select="$words"/></span>
	</label>
</xsl:template>

</xsl:stylesheet>
