<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- <detail> on paper: names and values, two of them side by side. -->

<xsl:template name="facts-pair">
	<xsl:param name="left"/>
	<xsl:param name="right"/>
	<xsl:if test="$left or $right">
		<fo:table role="NonStruct" table-layout="fixed" width="100%" space-before="6.5mm">
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-column column-width="8mm"/>
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-body>
				<fo:table-row keep-together.within-page="always">
					<fo:table-cell><xsl:call-template name="facts"><xsl:with-param name="detail" select="$left | $right[not($left)]"/></xsl:call-template></fo:table-cell>
					<fo:table-cell><fo:block/></fo:table-cell>
					<fo:table-cell><xsl:call-template name="facts"><xsl:with-param name="detail" select="$right[$left]"/></xsl:call-template></fo:table-cell>
				</fo:table-row>
			</fo:table-body>
		</fo:table>
	</xsl:if>
</xsl:template>

<xsl:template name="facts">
	<xsl:param name="detail"/>
	<xsl:choose>
		<xsl:when test="$detail"><xsl:apply-templates select="$detail"/></xsl:when>
		<xsl:otherwise><fo:block/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="detail">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text(concat('detail.', @id, '.title'), arg)"/></fo:block>
	<fo:table table-layout="fixed" width="100%" font-size="9pt">
		<fo:table-column column-width="32mm"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-body><xsl:apply-templates select="item"/></fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="item">
	<fo:table-row>
		<xsl:if test="following-sibling::item"><xsl:attribute name="border-bottom"><xsl:value-of select="concat('0.5pt solid ', $line)"/></xsl:attribute></xsl:if>
		<fo:table-cell role="TH" padding="1mm 2mm 1mm 0mm" color="{$soft}">
			<fo:block>
				<xsl:choose>
					<xsl:when test="@label"><xsl:value-of select="@label"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:text(concat('detail.', ../@id, '.', @name))"/></xsl:otherwise>
				</xsl:choose>
			</fo:block>
		</fo:table-cell>
		<fo:table-cell padding="1mm 0mm" font-weight="500"><xsl:call-template name="value"/></fo:table-cell>
	</fo:table-row>
</xsl:template>

</xsl:stylesheet>
