<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- The head of a document: the supplier's brand, and the branch. -->

<xsl:template name="letterhead">
	<fo:table role="NonStruct" table-layout="fixed" width="100%" space-after="6mm">
		<fo:table-column column-width="12mm"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-body>
			<fo:table-row>
				<fo:table-cell display-align="center">
					<fo:block line-height="1"><fo:external-graphic src="url('logo.svg')" content-height="9mm" fox:alt-text=""/></fo:block>
				</fo:table-cell>
				<fo:table-cell display-align="center">
					<fo:block font-size="12pt" font-weight="700" color="{$brand-strong}"><xsl:value-of select="brand/@name"/></fo:block>
				</fo:table-cell>
				<fo:table-cell>
					<fo:block font-size="8.5pt" color="{$soft}" text-align="end"><xsl:apply-templates select="branch"/></fo:block>
				</fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="branch">
	<fo:block><xsl:value-of select="t:text('print.branch', string(@name))"/></fo:block>
	<xsl:if test="@street"><fo:block><xsl:value-of select="concat(@street, ', ', translate(@postcode, ' ', '&#160;'), ' ', @city)"/></fo:block></xsl:if>
	<xsl:if test="@phone"><fo:block><xsl:value-of select="t:phone(@phone)"/></fo:block></xsl:if>
	<xsl:if test="@email"><fo:block><fo:basic-link external-destination="url('{t:mailto(@email)}')"><xsl:value-of select="@email"/></fo:basic-link></fo:block></xsl:if>
</xsl:template>

</xsl:stylesheet>
