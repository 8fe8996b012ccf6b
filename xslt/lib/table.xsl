<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!--
	Rows: a table, and cards on a phone. A column with @under has no place
	of its own: its values stand in small below those of that column.
-->

<xsl:template name="table">
	<xsl:variable name="columns" select="columns/column"/>
	<div class="tablewrap">
		<table class="data cards" role="table">
			<xsl:if test="count($columns[not(@under)]) &gt; 7"><xsl:attribute name="class">data cards tight</xsl:attribute></xsl:if>
			<caption class="sr"><xsl:for-each select="/page"><xsl:call-template name="title"/></xsl:for-each></caption>
			<xsl:apply-templates select="columns"/>
			<tbody role="rowgroup">
				<t:rows select="rows/row" columns="columns/column" with="@id | @select">
					<xsl:apply-templates select="."><xsl:with-param name="columns" select="$columns"/></xsl:apply-templates>
				</t:rows>
			</tbody>
		</table>
	</div>
</xsl:template>

<xsl:template match="columns">
	<t:fragment with="../@id | ../@select" passes="column/@href">
		<thead role="rowgroup">
			<tr role="row"><xsl:if test="../@select"><xsl:call-template name="pick-head"/></xsl:if><xsl:apply-templates select="column[not(@under)]"/></tr>
		</thead>
	</t:fragment>
</xsl:template>

<xsl:template match="column">
	<xsl:variable name="words" select="t:text(concat('list.', ../../@id, '.column.', @id))"/>
	<th role="columnheader" scope="col">
		<xsl:if test="@type = 'money' or @type = 'number'"><xsl:attribute name="class">num</xsl:attribute></xsl:if>
		<xsl:choose>
			<xsl:when test="@sort = 'asc'"><xsl:attribute name="aria-sort">ascending</xsl:attribute></xsl:when>
			<xsl:when test="@sort = 'desc'"><xsl:attribute name="aria-sort">descending</xsl:attribute></xsl:when>
		</xsl:choose>
		<xsl:choose>
			<xsl:when test="@sort and @href">
				<a href="{@href}">
					<xsl:value-of select="$words"/>
					<xsl:call-template name="icon">
						<xsl:with-param name="name">
							<xsl:choose>
								<xsl:when test="@sort = 'asc'">arrow-up</xsl:when>
								<xsl:when test="@sort = 'desc'">arrow-down</xsl:when>
								<xsl:otherwise>arrow-up-down</xsl:otherwise>
							</xsl:choose>
						</xsl:with-param>
					</xsl:call-template>
				</a>
			</xsl:when>
			<xsl:when test="@type = 'link'"><span class="sr"><xsl:value-of select="$words"/></span></xsl:when>
			<xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
		</xsl:choose>
	</th>
</xsl:template>

<xsl:template match="row">
	<xsl:param name="columns"/>
	<tr role="row">
		<xsl:if test="../../@select"><xsl:call-template name="pick-cell"/></xsl:if>
		<xsl:for-each select="cell">
			<xsl:variable name="i" select="position()"/>
			<xsl:apply-templates select="$columns[$i][not(@under)]" mode="cell">
				<xsl:with-param name="cell" select="."/>
			</xsl:apply-templates>
		</xsl:for-each>
	</tr>
</xsl:template>

<xsl:template match="column" mode="cell">
	<xsl:param name="cell"/>
	<td role="cell" class="m-{@card}" data-label="{t:text(concat('list.', ../../@id, '.column.', @id))}">
		<xsl:choose>
			<xsl:when test="@type = 'money' or @type = 'number'"><xsl:attribute name="class"><xsl:value-of select="concat('num m-', @card)"/></xsl:attribute></xsl:when>
			<xsl:when test="not(@card)"><xsl:attribute name="class">m-half</xsl:attribute></xsl:when>
		</xsl:choose>
		<div><xsl:call-template name="cell"><xsl:with-param name="cell" select="$cell"/></xsl:call-template></div>
	</td>
</xsl:template>

<!-- The key is the row's header; where there is none, the first column. -->
<xsl:template match="column[@key = 'yes' or (not(../column/@key) and not(preceding-sibling::column))]" mode="cell" priority="1">
	<xsl:param name="cell"/>
	<th role="rowheader" scope="row"><xsl:call-template name="cell"><xsl:with-param name="cell" select="$cell"/></xsl:call-template></th>
</xsl:template>

<!-- The value of this column, as a link where it is one, and what is below. -->
<xsl:template name="cell">
	<xsl:param name="cell"/>
	<xsl:variable name="list" select="concat('list.', ../../@id)"/>
	<xsl:variable name="href" select="$cell/@href | $cell[not(@href)][current()/@key]/../@href"/>
	<xsl:choose>
		<xsl:when test="@type = 'link' and starts-with($cell, '/')">
			<a class="nowrap" href="{$cell}"><xsl:value-of select="t:text(concat($list, '.column.', @id))"/><span class="sr"><xsl:value-of select="concat(' ', t:code($cell/../@key))"/></span></a>
		</xsl:when>
		<xsl:when test="@type = 'link'"/>
		<xsl:when test="$cell = '' and t:has(concat($list, '.none.', @id))"><span class="muted"><xsl:value-of select="t:text(concat($list, '.none.', @id))"/></span></xsl:when>
		<xsl:when test="$cell = ''"><xsl:call-template name="nothing"/></xsl:when>
		<xsl:when test="$href"><a href="{$href}"><xsl:call-template name="value"><xsl:with-param name="value" select="string($cell)"/></xsl:call-template></a></xsl:when>
		<xsl:when test="@card = 'lead'"><span class="lead"><xsl:call-template name="value"><xsl:with-param name="value" select="string($cell)"/></xsl:call-template></span></xsl:when>
		<xsl:otherwise><xsl:call-template name="value"><xsl:with-param name="value" select="string($cell)"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
	<xsl:if test="../column/@under = @id">
		<xsl:call-template name="under"><xsl:with-param name="row" select="$cell/.."/></xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template name="under">
	<xsl:param name="row"/>
	<xsl:variable name="parts">
		<xsl:for-each select="../column[@under = current()/@id]">
			<xsl:variable name="i" select="count(preceding-sibling::column) + 1"/>
			<xsl:apply-templates select="$row/cell[$i][. != '']" mode="under">
				<xsl:with-param name="column" select="."/>
			</xsl:apply-templates>
		</xsl:for-each>
	</xsl:variable>
	<xsl:if test="$parts != ''"><span class="sub"><xsl:copy-of select="$parts"/></span></xsl:if>
</xsl:template>

<!-- The style sheet puts a dot between them. -->
<xsl:template match="cell" mode="under">
	<xsl:param name="column"/>
	<xsl:variable name="id" select="concat('list.', $column/../../@id, '.under.', $column/@id)"/>
	<xsl:variable name="value" select="t:value(string($column/@type), string(.), string($column/@set))"/>
	<xsl:variable name="words">
		<xsl:choose>
			<xsl:when test="t:has($id)"><xsl:value-of select="t:text($id, $value)"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<span>
		<xsl:if test="$column/@type = 'state'"><xsl:attribute name="class">nowrap</xsl:attribute></xsl:if>
		<xsl:choose>
			<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="$words"/></a></xsl:when>
			<xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
		</xsl:choose>
	</span>
</xsl:template>

</xsl:stylesheet>
