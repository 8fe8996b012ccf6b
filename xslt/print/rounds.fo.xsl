<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	A day's work on paper, <document id="rounds"> (schema/rng/document.rng):
	each mechanic begins on a sheet of its own, with room to write.
-->

<xsl:import href="page.xsl"/>

<xsl:template match="document" mode="footer">
	<xsl:value-of select="t:text('print.rounds.footer', string(brand/@name), t:value('date-long', rounds/@date), t:datetime(@printed))"/>
</xsl:template>

<xsl:template match="document" mode="body">
	<xsl:if test="rounds/@cut"><fo:block><xsl:value-of select="t:text('rounds.cut')"/></fo:block></xsl:if>
	<xsl:apply-templates select="rounds/round"/>
	<xsl:if test="not(rounds/round)">
		<xsl:call-template name="round-title"/>
		<fo:block><xsl:value-of select="t:text('rounds.empty')"/></fo:block>
	</xsl:if>
</xsl:template>

<xsl:template name="round-title">
	<fo:block xsl:use-attribute-sets="h1">
		<xsl:if test="preceding-sibling::round"><xsl:attribute name="break-before">page</xsl:attribute></xsl:if>
		<xsl:value-of select="concat(t:text('print.rounds.title'), ' ')"/>
		<xsl:choose>
			<xsl:when test="@name"><xsl:value-of select="@name"/></xsl:when>
			<xsl:when test="self::round"><xsl:value-of select="t:text('mechanic.nobody')"/></xsl:when>
		</xsl:choose>
	</fo:block>
	<fo:block color="{$soft}" space-after="3mm">
		<xsl:value-of select="t:value('date-long', /document/rounds/@date)"/>
		<xsl:if test="self::round">
			<xsl:text> · </xsl:text>
			<xsl:choose>
				<xsl:when test="count(job) = 1"><xsl:value-of select="t:text('rounds.job')"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:text('rounds.jobs', count(job))"/></xsl:otherwise>
			</xsl:choose>
		</xsl:if>
		<xsl:if test="@phone"><xsl:value-of select="concat(' · ', t:phone(@phone))"/></xsl:if>
	</fo:block>
</xsl:template>

<xsl:template match="round">
	<xsl:call-template name="round-title"/>
	<xsl:apply-templates select="job"/>
	<xsl:if test="not(job)"><fo:block><xsl:value-of select="t:text('rounds.empty')"/></fo:block></xsl:if>
</xsl:template>

<xsl:template match="job">
	<fo:table role="NonStruct" table-layout="fixed" width="100%" font-size="9pt" space-before="2mm" border-collapse="separate">
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="56mm"/>
		<fo:table-body>
			<fo:table-row keep-together.within-page="always">
				<fo:table-cell padding="2.5mm 3mm 2.5mm 0mm" border-top="{concat('1pt solid ', $brand)}">
					<xsl:call-template name="job-what"/>
				</fo:table-cell>
				<fo:table-cell padding="2.5mm 0mm 2.5mm 3mm" border-top="{concat('1pt solid ', $brand)}">
					<xsl:call-template name="job-write"/>
				</fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template name="job-what">
	<fo:block role="H2" font-size="10.5pt" font-weight="600">
		<xsl:if test="@part"><xsl:value-of select="concat(t:text(concat('request.part.', @part)), ': ')"/></xsl:if>
		<xsl:value-of select="concat(t:text(concat('request.kind.', @kind)), ' ', t:code(@number))"/>
	</fo:block>
	<fo:block color="{$soft}" space-after="1mm"><xsl:value-of select="t:text(concat('request.state.', @state))"/></fo:block>
	<xsl:apply-templates select="item"/>
	<xsl:for-each select="aid">
		<fo:block>
			<fo:inline color="{$soft}"><xsl:value-of select="concat(t:text('rounds.aids'), ': ')"/></fo:inline>
			<fo:inline font-weight="600"><xsl:value-of select="@type"/><xsl:if test="@number"><xsl:value-of select="concat(' ', t:code(@number))"/></xsl:if></fo:inline>
		</fo:block>
	</xsl:for-each>
</xsl:template>

<xsl:template match="job/item">
	<fo:block>
		<xsl:if test="@type = 'lines'"><xsl:attribute name="linefeed-treatment">preserve</xsl:attribute></xsl:if>
		<fo:inline color="{$soft}"><xsl:value-of select="concat(t:text(concat('rounds.', @name)), ': ')"/></fo:inline>
		<fo:inline><xsl:value-of select="t:value(string(@type), string(.), string(@set))"/></fo:inline>
	</fo:block>
</xsl:template>

<!-- Filled in by hand. -->
<xsl:template name="job-write">
	<fo:block color="{$soft}" font-size="8pt"><xsl:value-of select="concat(t:text('print.rounds.done'), ': __________  ', t:text('print.rounds.time'), ': __________')"/></fo:block>
	<fo:block color="{$soft}" font-size="8pt" space-before="1.5mm"><xsl:value-of select="concat(t:text('print.rounds.remarks'), ':')"/></fo:block>
	<fo:block space-before="6mm" border-bottom="{concat('0.5pt solid ', $line)}" margin="0mm" padding="0mm"><xsl:text>&#160;</xsl:text></fo:block>
	<fo:block space-before="6mm" border-bottom="{concat('0.5pt solid ', $line)}" margin="0mm" padding="0mm"><xsl:text>&#160;</xsl:text></fo:block>
</xsl:template>

</xsl:stylesheet>
