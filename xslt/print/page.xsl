<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	The sheet of paper under every printed document, to import. The
	document says what is in it by templates for the root element in the
	modes "body" and "footer" (words, bottom left), and may turn the sheet
	by the variables width, height and margin.
-->

<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:variable name="width">210mm</xsl:variable>
<xsl:variable name="height">297mm</xsl:variable>
<xsl:variable name="margin">16mm</xsl:variable>

<!-- Colours. On white, soft and brand are darker than 4.5 : 1. -->
<xsl:variable name="ink" select="'#14232a'"/>
<xsl:variable name="soft" select="'#48585f'"/>
<xsl:variable name="line" select="'#d3dde0'"/>
<xsl:variable name="brand" select="'#0b5563'"/>
<xsl:variable name="brand-strong" select="'#083c47'"/>

<xsl:attribute-set name="h1">
	<xsl:attribute name="role">H1</xsl:attribute>
	<xsl:attribute name="font-size">17pt</xsl:attribute>
	<xsl:attribute name="font-weight">700</xsl:attribute>
	<xsl:attribute name="line-height">1.2</xsl:attribute>
	<xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
</xsl:attribute-set>

<xsl:attribute-set name="h2">
	<xsl:attribute name="role">H2</xsl:attribute>
	<xsl:attribute name="font-size">10.5pt</xsl:attribute>
	<xsl:attribute name="font-weight">600</xsl:attribute>
	<xsl:attribute name="line-height">1.3</xsl:attribute>
	<xsl:attribute name="space-before">6.5mm</xsl:attribute>
	<xsl:attribute name="space-after">1.5mm</xsl:attribute>
	<xsl:attribute name="padding-bottom">1mm</xsl:attribute>
	<xsl:attribute name="border-bottom"><xsl:value-of select="concat('1.5pt solid ', $brand)"/></xsl:attribute>
	<xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
</xsl:attribute-set>

<xsl:template match="/">
	<fo:root font-family="Inter, sans-serif" font-size="9.5pt" line-height="1.45" color="{$ink}" xml:lang="{*/@lang}">
		<fo:layout-master-set>
			<fo:simple-page-master master-name="sheet" page-width="{$width}" page-height="{$height}" margin="{$margin} {$margin} 10mm {$margin}">
				<fo:region-body margin-bottom="12mm"/>
				<fo:region-after extent="8mm" display-align="after"/>
			</fo:simple-page-master>
		</fo:layout-master-set>
		<fo:page-sequence master-reference="sheet" id="all">
			<fo:static-content flow-name="xsl-region-after">
				<xsl:call-template name="footer"/>
			</fo:static-content>
			<fo:flow flow-name="xsl-region-body">
				<xsl:apply-templates select="*" mode="body"/>
			</fo:flow>
		</fo:page-sequence>
	</fo:root>
</xsl:template>

<xsl:template name="footer">
	<fo:table role="NonStruct" table-layout="fixed" width="100%" font-size="8pt" color="{$soft}">
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="40mm"/>
		<fo:table-body>
			<fo:table-row>
				<fo:table-cell><fo:block><xsl:apply-templates select="*" mode="footer"/></fo:block></fo:table-cell>
				<fo:table-cell>
					<fo:block text-align="end">
						<xsl:value-of select="t:text('print.page')"/>
						<xsl:text>&#160;</xsl:text>
						<fo:page-number/>
						<xsl:value-of select="concat('&#160;', t:text('print.of'), '&#160;')"/>
						<fo:page-number-citation-last ref-id="all"/>
					</fo:block>
				</fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<!-- A block of a value: what must stay whole doesn't wrap. -->
<xsl:template name="value">
	<xsl:param name="type" select="string(@type)"/>
	<xsl:param name="set" select="string(@set)"/>
	<xsl:param name="value" select="string(.)"/>
	<fo:block>
		<xsl:choose>
			<xsl:when test="$type = 'lines'"><xsl:attribute name="linefeed-treatment">preserve</xsl:attribute></xsl:when>
			<xsl:when test="$type = 'date' or $type = 'money' or $type = 'number' or $type = 'code' or $type = 'phone' or $type = 'time'"><xsl:attribute name="wrap-option">no-wrap</xsl:attribute></xsl:when>
		</xsl:choose>
		<xsl:value-of select="t:value($type, $value, $set)"/>
	</fo:block>
</xsl:template>

</xsl:stylesheet>
