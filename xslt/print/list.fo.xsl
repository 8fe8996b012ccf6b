<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	The list of a page (schema/rng/page.rng) as a table over sheets on their
	side. A column with @under stands below another, as on the screen; one
	of links isn't printed.
-->

<xsl:import href="page.xsl"/>

<xsl:variable name="width">297mm</xsl:variable>
<xsl:variable name="height">210mm</xsl:variable>
<xsl:variable name="margin">12mm</xsl:variable>

<xsl:variable name="list" select="/page/body//list[1]"/>
<xsl:variable name="words" select="concat('list.', $list/@id)"/>
<xsl:variable name="columns" select="$list/columns/column"/>
<xsl:variable name="shown" select="$columns[not(@under) and @type != 'link']"/>
<!-- Those that have others below them, each between spaces. -->
<xsl:variable name="above"><xsl:for-each select="$columns/@under"><xsl:value-of select="concat(' ', ., ' ')"/></xsl:for-each></xsl:variable>
<xsl:variable name="has-below" select="string($above)"/>
<!-- The row's header: the key, or else the first column. -->
<xsl:variable name="key" select="count($columns[@key = 'yes'][1]/preceding-sibling::column) + 1"/>

<xsl:template match="page" mode="footer">
	<xsl:value-of select="brand/@name"/>
	<xsl:if test="user/@organisation != brand/@name"><xsl:value-of select="concat(' · ', user/@organisation)"/></xsl:if>
	<xsl:text> · </xsl:text>
	<xsl:call-template name="title"/>
</xsl:template>

<!-- The words that the page has as its heading. -->
<xsl:template name="title">
	<xsl:variable name="id" select="concat('page.', /page/@id, '.title')"/>
	<xsl:choose>
		<xsl:when test="/page/title[not(arg)] != ''"><xsl:value-of select="/page/title"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text($id, /page/title/arg)"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="page" mode="body">
	<fo:block xsl:use-attribute-sets="h1"><xsl:call-template name="title"/></fo:block>
	<xsl:if test="intro"><fo:block font-size="11pt" font-weight="600" space-before="1mm"><xsl:value-of select="t:text(concat('page.', @id, '.intro'), intro/arg)"/></fo:block></xsl:if>
	<xsl:for-each select="$list">
		<fo:block color="{$soft}" space-before="1mm">
			<xsl:call-template name="count"/>
			<xsl:if test="rows/@printed"><xsl:value-of select="concat(' · ', t:text('print.list.printed', t:datetime(rows/@printed)))"/></xsl:if>
		</fo:block>
		<xsl:apply-templates select="chips[chip]"/>
		<xsl:choose>
			<xsl:when test="rows/row"><xsl:call-template name="rows"/></xsl:when>
			<xsl:otherwise><fo:block space-before="6mm"><xsl:value-of select="t:text(concat($words, '.empty'))"/></fo:block></xsl:otherwise>
		</xsl:choose>
	</xsl:for-each>
</xsl:template>

<xsl:template name="count">
	<xsl:variable name="total" select="t:number(rows/@total)"/>
	<xsl:choose>
		<xsl:when test="rows/@total = 1"><xsl:value-of select="t:text('list.count.all', 1, t:text(concat($words, '.row')))"/></xsl:when>
		<xsl:when test="rows/@capped = 'yes'"><xsl:value-of select="t:text('list.count.more', $total, t:text(concat($words, '.rows')))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('list.count.all', $total, t:text(concat($words, '.rows')))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="chips">
	<fo:block color="{$soft}">
		<xsl:for-each select="chip">
			<xsl:variable name="filter" select="../../filters/filter[@id = current()/@filter]"/>
			<xsl:value-of select="concat(t:text(concat($words, '.filter.', @filter)), ': ')"/>
			<fo:inline font-weight="600" color="{$ink}">
				<xsl:choose>
					<xsl:when test="@set"><xsl:value-of select="t:text(concat(@set, '.', .))"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:value(string($filter/@type), string(.))"/></xsl:otherwise>
				</xsl:choose>
			</fo:inline>
			<xsl:if test="position() != last()"> · </xsl:if>
		</xsl:for-each>
	</fo:block>
</xsl:template>

<xsl:template name="rows">
	<fo:table table-layout="fixed" width="100%" font-size="8pt" line-height="1.35" space-before="4mm">
		<xsl:apply-templates select="$shown" mode="width"/>
		<fo:table-header>
			<fo:table-row font-weight="600" color="{$soft}" border-bottom="1pt solid {$brand}">
				<xsl:apply-templates select="$shown" mode="head"/>
			</fo:table-row>
		</fo:table-header>
		<fo:table-body><xsl:apply-templates select="rows/row"/></fo:table-body>
	</fo:table>
</xsl:template>

<!-- What has a fixed form has a fixed width. -->
<xsl:template match="column" mode="width">
	<fo:table-column>
		<xsl:attribute name="column-width">
			<xsl:choose>
				<xsl:when test="@type = 'code'">24mm</xsl:when>
				<xsl:when test="@type = 'date' and $columns[@under = current()/@id]/@type = 'date'">34mm</xsl:when>
				<xsl:when test="@type = 'date' or @type = 'money' or @type = 'phone'">26mm</xsl:when>
				<xsl:when test="@type = 'datetime'">36mm</xsl:when>
				<xsl:when test="@type = 'number' or @type = 'time'">18mm</xsl:when>
				<xsl:when test="@card = 'lead'">proportional-column-width(5)</xsl:when>
				<xsl:when test="@type = 'state'">proportional-column-width(2)</xsl:when>
				<xsl:otherwise>proportional-column-width(3)</xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
	</fo:table-column>
</xsl:template>

<xsl:template match="column" mode="head">
	<fo:table-cell padding="1.2mm 2mm 1.2mm 0mm">
		<fo:block>
			<xsl:if test="@type = 'money' or @type = 'number'"><xsl:attribute name="text-align">end</xsl:attribute></xsl:if>
			<xsl:value-of select="t:text(concat($words, '.column.', @id))"/>
		</fo:block>
	</fo:table-cell>
</xsl:template>

<xsl:template match="row">
	<fo:table-row border-bottom="0.4pt solid {$line}" keep-together.within-page="always">
		<xsl:apply-templates select="$shown" mode="cell"><xsl:with-param name="row" select="."/></xsl:apply-templates>
	</fo:table-row>
</xsl:template>

<xsl:template match="column" mode="cell">
	<xsl:param name="row"/>
	<xsl:variable name="i" select="count(preceding-sibling::column) + 1"/>
	<xsl:variable name="cell" select="$row/cell[$i]"/>
	<fo:table-cell padding="1.1mm 2mm 1.1mm 0mm">
		<xsl:if test="$i = $key"><xsl:attribute name="role">TH</xsl:attribute></xsl:if>
		<xsl:choose>
			<xsl:when test="$cell = ''"><fo:block color="{$soft}"><xsl:if test="t:has(concat($words, '.none.', @id))"><xsl:value-of select="t:text(concat($words, '.none.', @id))"/></xsl:if></fo:block></xsl:when>
			<xsl:when test="@type = 'text'"><fo:block><xsl:value-of select="$cell"/></fo:block></xsl:when>
			<xsl:when test="@type = 'money' or @type = 'number'"><fo:block text-align="end" wrap-option="no-wrap"><xsl:value-of select="t:value(string(@type), string($cell))"/></fo:block></xsl:when>
			<xsl:when test="@type = 'code' or @type = 'date' or @type = 'datetime'"><fo:block wrap-option="no-wrap"><xsl:value-of select="t:value(string(@type), string($cell))"/></fo:block></xsl:when>
			<xsl:otherwise><fo:block><xsl:value-of select="t:value(string(@type), string($cell), string(@set))"/></fo:block></xsl:otherwise>
		</xsl:choose>
		<xsl:if test="contains($has-below, concat(' ', @id, ' '))">
			<fo:block font-size="7pt" color="{$soft}"><xsl:apply-templates select="$columns[@under = current()/@id]" mode="under"><xsl:with-param name="row" select="$row"/></xsl:apply-templates></fo:block>
		</xsl:if>
	</fo:table-cell>
</xsl:template>

<!-- Those below one column share a line: Tilliften · elektrisch actief. -->
<xsl:template match="column" mode="under">
	<xsl:param name="row"/>
	<xsl:variable name="i" select="count(preceding-sibling::column) + 1"/>
	<xsl:variable name="cell" select="$row/cell[$i]"/>
	<xsl:variable name="text" select="concat($words, '.under.', @id)"/>
	<xsl:if test="$cell != ''">
		<xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if>
		<xsl:choose>
			<xsl:when test="t:has($text)"><xsl:value-of select="t:text($text, t:value(string(@type), string($cell), string(@set)))"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="t:value(string(@type), string($cell), string(@set))"/></xsl:otherwise>
		</xsl:choose>
	</xsl:if>
</xsl:template>

</xsl:stylesheet>
