<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!--
	Rows that can be ticked: the table in a form, and below it a bar with
	what can be done, shown while something is ticked.
-->

<xsl:template match="select">
	<form class="picks" id="pick-{../@id}" method="get" action="{../@href}">
		<xsl:if test="@elsewhere &gt; 0"><xsl:attribute name="class">picks picks--on</xsl:attribute></xsl:if>
		<xsl:for-each select="hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:for-each>
		<!-- Enter on a row: what is ticked is kept, nothing else is done. -->
		<button hidden="hidden"><xsl:call-template name="pick-here"/></button>
		<p class="picks__which">
			<span class="muted"><xsl:value-of select="t:text('list.pick.which')"/></span>
			<xsl:if test="@page"><a href="{@page}" data-pick="page"><xsl:value-of select="t:text('list.pick.page', t:number(@here))"/></a></xsl:if>
			<xsl:choose>
				<xsl:when test="@all"><a href="{@all}" data-pick="all"><xsl:value-of select="t:text('list.pick.all', t:number(../rows/@total))"/></a></xsl:when>
				<xsl:when test="../rows/@total &gt; @most"><span class="muted"><xsl:value-of select="t:text('list.pick.most', t:number(@most))"/></span></xsl:when>
			</xsl:choose>
		</p>
		<xsl:for-each select=".."><xsl:call-template name="table"/></xsl:for-each>
		<div class="bulk">
			<p class="bulk__n">
				<span class="bulk__count"></span>
				<xsl:value-of select="concat(' ', t:text('list.pick.count'))"/>
				<xsl:if test="@elsewhere &gt; 0"><span class="bulk__more" data-elsewhere="{@elsewhere}"><xsl:value-of select="t:text('list.pick.elsewhere', t:number(@elsewhere))"/></span></xsl:if>
			</p>
			<t:fragment of="action | ../@id"><xsl:call-template name="pick-actions"/></t:fragment>
			<button class="btn btn--ghost bulk__keep"><xsl:call-template name="pick-here"/><xsl:value-of select="t:text('list.pick.keep')"/></button>
			<a class="bulk__none" href="{@none}" data-pick="none"><xsl:value-of select="t:text('list.pick.none')"/></a>
		</div>
	</form>
</xsl:template>

<!-- A button that stays on this page. -->
<xsl:template name="pick-here">
	<xsl:copy-of select="@name | @value"/>
</xsl:template>

<xsl:template name="pick-actions">
	<xsl:choose>
		<xsl:when test="count(action) &gt; 3">
			<details class="bulk__menu">
				<summary class="btn btn--go">
					<xsl:value-of select="t:text(concat('list.', ../@id, '.pick.actions'))"/>
					<xsl:call-template name="icon"><xsl:with-param name="name">chevron-down</xsl:with-param></xsl:call-template>
				</summary>
				<div><xsl:apply-templates select="action[not(@look)]"/></div>
			</details>
			<xsl:apply-templates select="action[@look]"/>
		</xsl:when>
		<xsl:otherwise><xsl:apply-templates select="action"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="select/action">
	<button formaction="{@href}">
		<xsl:attribute name="class">
			<xsl:text>btn</xsl:text>
			<xsl:choose>
				<xsl:when test="@look = 'main'"> btn--go</xsl:when>
				<xsl:when test="@look"> btn--ghost</xsl:when>
			</xsl:choose>
		</xsl:attribute>
		<xsl:if test="@icon"><xsl:call-template name="icon"><xsl:with-param name="name" select="@icon"/></xsl:call-template></xsl:if>
		<xsl:value-of select="t:text(concat('action.', @id))"/>
	</button>
</xsl:template>

<xsl:template name="pick-head">
	<th role="columnheader" scope="col" class="pick">
		<span class="sr"><xsl:value-of select="t:text('list.pick.column')"/></span>
		<label><input type="checkbox" data-pick="page"/><span class="sr"><xsl:value-of select="t:text('list.pick.these')"/></span></label>
	</th>
</xsl:template>

<xsl:template name="pick-cell">
	<td role="cell" class="pick">
		<label>
			<input type="checkbox" name="pick" value="{@key}">
				<xsl:if test="@picked = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
			</input>
			<span class="sr"><xsl:value-of select="t:text('list.pick.row', t:code(@key))"/></span>
		</label>
	</td>
</xsl:template>

</xsl:stylesheet>
