<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!--
	A list: filter, count, sorting, table, pages. portal.js replaces the
	whole of it when it sorts or turns a page.
-->

<xsl:template match="list">
	<xsl:variable name="title" select="concat('list.', @id, '.title')"/>
	<div id="list-{@id}" data-region="list">
		<xsl:if test="t:has($title)">
			<div class="head">
				<h2><xsl:value-of select="t:text($title)"/></h2>
				<xsl:if test="exports/export and rows/row and (count(/page/body/list | /page/body/*/list | /page/body/*/*/list) &gt; 1 or not(parent::body))">
					<div class="row actions"><xsl:apply-templates select="exports/export"/></div>
				</xsl:if>
			</div>
		</xsl:if>
		<xsl:apply-templates select="tabs"/>
		<xsl:apply-templates select="filters[filter]"/>
		<section id="result-{@id}" aria-labelledby="count-{@id}">
			<xsl:choose>
				<xsl:when test="rows/row">
					<xsl:call-template name="list-bar"/>
					<xsl:choose>
						<xsl:when test="@select"><xsl:apply-templates select="select"/></xsl:when>
						<xsl:otherwise><xsl:call-template name="table"/></xsl:otherwise>
					</xsl:choose>
					<xsl:apply-templates select="pager"/>
				</xsl:when>
				<xsl:otherwise><xsl:call-template name="list-empty"/></xsl:otherwise>
			</xsl:choose>
		</section>
	</div>
</xsl:template>

<xsl:template match="list/tabs">
	<nav class="tabs" aria-label="{t:text('list.tabs')}">
		<ul class="plain">
			<xsl:for-each select="tab">
				<li>
					<a href="{@href}">
						<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
						<xsl:value-of select="t:text(concat('list.', ../../@id, '.tab.', @id))"/>
						<xsl:if test="@count"><span class="tabs__count"><xsl:value-of select="t:number(@count)"/><xsl:if test="@capped">+</xsl:if></span></xsl:if>
					</a>
				</li>
			</xsl:for-each>
		</ul>
	</nav>
</xsl:template>

<xsl:template name="list-bar">
	<form class="tablebar" method="get" action="{@href}">
		<h2 id="count-{@id}"><xsl:call-template name="list-count"/></h2>
		<xsl:if test="sorts/sort">
			<xsl:call-template name="list-state"/>
			<xsl:apply-templates select="sorts"/>
		</xsl:if>
	</form>
</xsl:template>

<xsl:template match="sorts">
	<t:fragment with="../@id">
		<div class="field">
			<label for="sort-{../@id}"><xsl:value-of select="t:text('list.sort')"/></label>
			<select class="select" id="sort-{../@id}" name="sort" data-direct="yes">
				<xsl:for-each select="sort">
					<option value="{@value}">
						<xsl:if test="@selected = 'yes'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
						<xsl:call-template name="sort-words"/>
					</option>
				</xsl:for-each>
			</select>
			<button class="btn btn--quiet btn--small"><xsl:value-of select="t:text('list.sort.submit')"/></button>
		</div>
	</t:fragment>
</xsl:template>

<!-- "Location (A–Z)": the column, and the direction in the words of its type. -->
<xsl:template name="sort-words">
	<xsl:variable name="list" select="concat('list.', ../../@id)"/>
	<xsl:variable name="own" select="concat($list, '.sort.', @value)"/>
	<xsl:variable name="down" select="starts-with(@value, '-')"/>
	<xsl:variable name="column" select="substring(@value, 1 + $down)"/>
	<xsl:variable name="kind">
		<xsl:choose>
			<xsl:when test="starts-with(@type, 'date')">date</xsl:when>
			<xsl:when test="@type = 'money' or @type = 'number'">number</xsl:when>
			<xsl:otherwise>text</xsl:otherwise>
		</xsl:choose>
		<xsl:if test="$down">-down</xsl:if>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="t:has($own)"><xsl:value-of select="t:text($own)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat('sort.', $kind), t:text(concat($list, '.column.', $column)))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- The filters as they are now, for the form that sorts. -->
<xsl:template name="list-state">
	<xsl:for-each select="filters/filter[value != '']">
		<input type="hidden" name="{@id}" value="{value}"/>
	</xsl:for-each>
	<xsl:for-each select="filters/hidden[@name != 'sort']">
		<input type="hidden" name="{@name}" value="{@value}"/>
	</xsl:for-each>
</xsl:template>

<!-- "1–25 of 312 aids"; list.ID.rows and list.ID.row are the nouns. -->
<xsl:template name="list-count">
	<xsl:variable name="total" select="t:number(rows/@total)"/>
	<xsl:variable name="rows" select="t:text(concat('list.', @id, '.rows'))"/>
	<xsl:choose>
		<xsl:when test="rows/@total = 1"><xsl:value-of select="t:text('list.count.all', 1, t:text(concat('list.', @id, '.row')))"/></xsl:when>
		<xsl:when test="rows/@capped = 'yes' and rows/@from"><xsl:value-of select="t:text('list.count.capped', t:number(rows/@from), t:number(rows/@to), $total, $rows)"/></xsl:when>
		<xsl:when test="rows/@capped = 'yes'"><xsl:value-of select="t:text('list.count.more', $total, $rows)"/></xsl:when>
		<xsl:when test="not(rows/@from) or rows/@to - rows/@from + 1 = rows/@total"><xsl:value-of select="t:text('list.count.all', $total, $rows)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('list.count', t:number(rows/@from), t:number(rows/@to), $total, $rows)"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="list-empty">
	<div class="empty">
		<xsl:call-template name="icon"><xsl:with-param name="name">search</xsl:with-param></xsl:call-template>
		<h2 id="count-{@id}"><xsl:value-of select="t:text(concat('list.', @id, '.empty'))"/></h2>
		<xsl:choose>
			<xsl:when test="filters/@active &gt; 0">
				<p><xsl:value-of select="t:text('list.empty.filtered')"/></p>
				<a class="btn" href="{@href}"><xsl:value-of select="t:text('filter.clear')"/></a>
			</xsl:when>
			<xsl:when test="t:has(concat('list.', @id, '.empty.text'))">
				<p><xsl:value-of select="t:text(concat('list.', @id, '.empty.text'))"/></p>
			</xsl:when>
		</xsl:choose>
	</div>
</xsl:template>

<xsl:template match="export">
	<t:fragment passes="@href">
		<a class="btn btn--quiet" href="{@href}">
			<xsl:call-template name="icon">
				<xsl:with-param name="name">
					<xsl:choose>
						<xsl:when test="@format = 'pdf'">file-text</xsl:when>
						<xsl:otherwise>sheet</xsl:otherwise>
					</xsl:choose>
				</xsl:with-param>
			</xsl:call-template>
			<xsl:value-of select="t:text(concat('export.', @format))"/>
			<span class="sr"><xsl:value-of select="concat(' ', t:text('export.of'))"/></span>
		</a>
	</t:fragment>
</xsl:template>

</xsl:stylesheet>
