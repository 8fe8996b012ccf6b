<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:svg="http://www.w3.org/2000/svg"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t fox svg">

<!--
	Labels on aids (schema/rng/label.rng), as the sheet or the roll has them.
	A row is as high as a label: so many letters of a name fit on it even if
	all of them are W.
-->

<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:variable name="labels" select="/document/labels"/>
<xsl:variable name="brand" select="/document/brand"/>

<!-- Per size: the code with its quiet zone, and how much text fits. -->
<xsl:variable name="size" select="$labels/@size"/>
<xsl:variable name="qr">
	<xsl:choose>
		<xsl:when test="$size = 'a4-14'">32mm</xsl:when>
		<xsl:when test="$size = 'a4-24'">30mm</xsl:when>
		<xsl:when test="$size = 'a4-65'">18mm</xsl:when>
		<xsl:otherwise>25mm</xsl:otherwise>
	</xsl:choose>
</xsl:variable>
<xsl:variable name="number-size">
	<xsl:choose>
		<xsl:when test="$size = 'a4-14'">26pt</xsl:when>
		<xsl:when test="$size = 'a4-24'">17pt</xsl:when>
		<xsl:when test="$size = 'a4-65'">10pt</xsl:when>
		<xsl:otherwise>16pt</xsl:otherwise>
	</xsl:choose>
</xsl:variable>
<xsl:variable name="text-size">
	<xsl:choose>
		<xsl:when test="$size = 'a4-14'">9pt</xsl:when>
		<xsl:when test="$size = 'a4-24'">7.5pt</xsl:when>
		<xsl:when test="$size = 'a4-65'">5pt</xsl:when>
		<xsl:otherwise>7pt</xsl:otherwise>
	</xsl:choose>
</xsl:variable>
<xsl:variable name="type-letters">
	<xsl:choose>
		<xsl:when test="$size = 'a4-14'">60</xsl:when>
		<xsl:when test="$size = 'a4-24'">54</xsl:when>
		<xsl:when test="$size = 'a4-65'">36</xsl:when>
		<xsl:otherwise>42</xsl:otherwise>
	</xsl:choose>
</xsl:variable>
<xsl:variable name="name-letters">
	<xsl:choose>
		<xsl:when test="$size = 'a4-14'">40</xsl:when>
		<xsl:when test="$size = 'a4-24'">36</xsl:when>
		<xsl:when test="$size = 'a4-65'">20</xsl:when>
		<xsl:otherwise>28</xsl:otherwise>
	</xsl:choose>
</xsl:variable>

<xsl:template match="/">
	<fo:root font-family="Inter, sans-serif" xml:lang="{*/@lang}">
		<fo:layout-master-set>
			<fo:simple-page-master master-name="sheet" page-width="{$labels/@page-width}" page-height="{$labels/@page-height}" margin="{$labels/@top} 0mm 0mm {$labels/@left}">
				<fo:region-body margin="0mm"/>
			</fo:simple-page-master>
		</fo:layout-master-set>
		<fo:page-sequence master-reference="sheet" id="all">
			<fo:flow flow-name="xsl-region-body"><xsl:apply-templates select="$labels/sheet"/></fo:flow>
		</fo:page-sequence>
	</fo:root>
</xsl:template>

<xsl:template match="sheet">
	<fo:table role="NonStruct" table-layout="fixed" font-size="{$text-size}" line-height="1.25" color="#000000">
		<xsl:if test="position() &gt; 1"><xsl:attribute name="break-before">page</xsl:attribute></xsl:if>
		<xsl:for-each select="row[1]/label">
			<fo:table-column column-width="{$labels/@width}"/>
			<xsl:if test="$labels/@gap"><fo:table-column column-width="{$labels/@gap}"/></xsl:if>
		</xsl:for-each>
		<fo:table-body><xsl:apply-templates select="row"/></fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="row">
	<fo:table-row height="{$labels/@height}">
		<xsl:for-each select="label">
			<fo:table-cell display-align="center"><xsl:apply-templates select="."/></fo:table-cell>
			<xsl:if test="$labels/@gap"><fo:table-cell><fo:block/></fo:table-cell></xsl:if>
		</xsl:for-each>
	</fo:table-row>
</xsl:template>

<xsl:template match="label"><fo:block/></xsl:template>

<xsl:template match="label[@number]">
	<fo:table role="NonStruct" table-layout="fixed" width="100%">
		<fo:table-column column-width="{$qr}"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-body>
			<fo:table-row>
				<fo:table-cell display-align="center"><fo:block line-height="1"><xsl:apply-templates select="qr"/></fo:block></fo:table-cell>
				<fo:table-cell display-align="center" padding="0mm 1mm 0mm 0mm">
					<fo:block font-size="{$number-size}" font-weight="700" line-height="1.15" wrap-option="no-wrap"><xsl:value-of select="t:code(@number)"/></fo:block>
					<fo:block font-weight="600">
						<xsl:call-template name="cut"><xsl:with-param name="text" select="@type"/><xsl:with-param name="letters" select="$type-letters"/></xsl:call-template>
					</fo:block>
					<fo:block space-before="1mm">
						<xsl:call-template name="cut"><xsl:with-param name="text" select="$brand/@name"/><xsl:with-param name="letters" select="$name-letters"/></xsl:call-template>
					</fo:block>
					<fo:block wrap-option="no-wrap"><xsl:value-of select="t:phone($brand/@phone)"/></fo:block>
				</fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template name="cut">
	<xsl:param name="text"/>
	<xsl:param name="letters"/>
	<xsl:choose>
		<xsl:when test="string-length($text) &gt; $letters"><xsl:value-of select="concat(normalize-space(substring($text, 1, $letters - 1)), '…')"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- With the four empty modules around it that scanners need. -->
<xsl:template match="qr">
	<fo:instream-foreign-object content-width="{$qr}" fox:alt-text="{t:text('print.request.qr', t:code(../@number))}">
		<svg:svg width="{$qr}" height="{$qr}" viewBox="-4 -4 {@size + 8} {@size + 8}"><svg:path d="{@path}" fill="#000000"/></svg:svg>
	</fo:instream-foreign-object>
</xsl:template>

</xsl:stylesheet>
