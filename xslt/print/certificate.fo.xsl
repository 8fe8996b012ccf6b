<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	How an inspection ended, on paper: <document id="certificate">
	(schema/rng/document.rng).
-->

<xsl:import href="page.xsl"/>
<xsl:import href="facts.xsl"/>
<xsl:import href="letterhead.xsl"/>

<xsl:template match="document" mode="footer">
	<xsl:value-of select="t:text('print.certificate.footer', string(brand/@name), t:code(inspection/@number))"/>
</xsl:template>

<xsl:template match="document" mode="body">
	<xsl:call-template name="letterhead"/>
	<xsl:apply-templates select="inspection"/>
	<xsl:call-template name="facts-pair">
		<xsl:with-param name="left" select="detail[@id = 'certificate-aid']"/>
		<xsl:with-param name="right" select="detail[@id = 'certificate-inspection']"/>
	</xsl:call-template>
	<xsl:apply-templates select="text"/>
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text('print.certificate.meaning')"/></fo:block>
	<fo:block><xsl:value-of select="t:text(concat('print.certificate.meaning.', inspection/@result))"/></fo:block>
	<fo:block space-before="2mm"><xsl:value-of select="t:text('print.certificate.how')"/></fo:block>
	<fo:block space-before="2mm"><xsl:value-of select="t:text('print.certificate.use')"/></fo:block>
	<fo:block font-size="8pt" color="{$soft}" space-before="6mm" keep-together.within-page="always">
		<xsl:value-of select="t:text('print.certificate.note', string(branch/@name), t:phone(branch/@phone), t:datetime(@issued))"/>
	</fo:block>
</xsl:template>

<!-- Title, number, and the verdict in a box that can be seen from afar. -->
<xsl:template match="inspection">
	<fo:block xsl:use-attribute-sets="h1"><xsl:value-of select="t:text('print.certificate.title')"/></fo:block>
	<fo:block color="{$soft}" space-before="0.5mm">
		<xsl:value-of select="concat(t:text('print.certificate.number'), ' ')"/>
		<fo:inline font-weight="600" color="{$ink}" wrap-option="no-wrap"><xsl:value-of select="t:code(@number)"/></fo:inline>
	</fo:block>
	<fo:block margin="5mm 0mm 0mm 0mm" padding="3mm 4mm" fox:border-radius="1.5mm">
		<xsl:choose>
			<xsl:when test="@result = 'approved'">
				<xsl:attribute name="color">#14532d</xsl:attribute>
				<xsl:attribute name="background-color">#e3f3e8</xsl:attribute>
				<xsl:attribute name="border">0.75pt solid #6fb487</xsl:attribute>
			</xsl:when>
			<xsl:when test="@result = 'remarks'">
				<xsl:attribute name="color">#6b3f00</xsl:attribute>
				<xsl:attribute name="background-color">#fdf1dc</xsl:attribute>
				<xsl:attribute name="border">0.75pt solid #d9a441</xsl:attribute>
			</xsl:when>
			<xsl:otherwise>
				<xsl:attribute name="color">#7d1a1a</xsl:attribute>
				<xsl:attribute name="background-color">#fbe6e4</xsl:attribute>
				<xsl:attribute name="border">0.75pt solid #d88c86</xsl:attribute>
			</xsl:otherwise>
		</xsl:choose>
		<fo:block font-size="14pt" font-weight="700"><xsl:value-of select="t:text(concat('print.certificate.result.', @result))"/></fo:block>
		<fo:block>
			<xsl:choose>
				<xsl:when test="@next"><xsl:value-of select="t:text('print.certificate.until', t:value('date-long', string(@on)), t:value('date-long', string(@next)))"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:text('print.certificate.on', t:value('date-long', string(@on)))"/></xsl:otherwise>
			</xsl:choose>
		</fo:block>
	</fo:block>
</xsl:template>

<!-- As it was typed, line by line. -->
<xsl:template match="document/text">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text(concat('print.certificate.', @name))"/></fo:block>
	<fo:block linefeed-treatment="preserve" hyphenate="true"><xsl:value-of select="."/></fo:block>
</xsl:template>

</xsl:stylesheet>
