<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:svg="http://www.w3.org/2000/svg"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	The whole life of an aid, on paper: <document id="life">
	(schema/rng/document.rng).
-->

<xsl:import href="page.xsl"/>
<xsl:import href="facts.xsl"/>
<xsl:import href="letterhead.xsl"/>

<xsl:variable name="costs" select="/document/@costs = 'yes'"/>

<xsl:template match="document" mode="footer">
	<xsl:value-of select="t:text('print.life.footer', string(brand/@name), t:code(aid/@number))"/>
</xsl:template>

<xsl:template match="document" mode="body">
	<xsl:call-template name="letterhead"/>
	<xsl:apply-templates select="aid"/>
	<xsl:call-template name="facts-pair">
		<xsl:with-param name="left" select="detail[@id = 'life-aid']"/>
		<xsl:with-param name="right" select="detail[@id = 'life-place']"/>
	</xsl:call-template>
	<xsl:apply-templates select="rentals[rental]"/>
	<xsl:apply-templates select="inspections[inspection]"/>
	<xsl:apply-templates select="events"/>
</xsl:template>

<!-- What it is and how it is now, beside the code of its label. -->
<xsl:template match="aid">
	<fo:table role="NonStruct" table-layout="fixed" width="100%">
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="24mm"/>
		<fo:table-body>
			<fo:table-row>
				<fo:table-cell>
					<fo:block xsl:use-attribute-sets="h1"><xsl:value-of select="concat(t:text('print.life.title'), ': ', @type)"/></fo:block>
					<fo:block color="{$soft}" space-before="1mm">
						<xsl:value-of select="concat(t:text('print.life.object'), ' ')"/>
						<fo:inline font-weight="600" color="{$ink}" wrap-option="no-wrap"><xsl:value-of select="t:code(@number)"/></fo:inline>
						<xsl:text> · </xsl:text>
						<fo:inline font-weight="600" color="{$brand-strong}"><xsl:value-of select="t:text(concat('aid.status.', @status))"/></fo:inline>
					</fo:block>
					<fo:block font-size="8pt" color="{$soft}" space-before="1mm"><xsl:value-of select="t:text('print.life.note', t:datetime(/document/@issued))"/></fo:block>
				</fo:table-cell>
				<fo:table-cell><fo:block line-height="1" text-align="end"><xsl:apply-templates select="qr"/></fo:block></fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<!-- With the four empty modules around it that scanners need. -->
<xsl:template match="qr">
	<fo:instream-foreign-object content-width="22mm" fox:alt-text="{t:text('print.life.qr', t:code(../@number))}">
		<svg:svg width="22mm" height="22mm" viewBox="-4 -4 {@size + 8} {@size + 8}"><svg:path d="{@path}" fill="#000000"/></svg:svg>
	</fo:instream-foreign-object>
</xsl:template>

<xsl:template name="title"><fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text(concat('print.life.', name()))"/></fo:block></xsl:template>

<xsl:template name="head">
	<xsl:param name="id"/>
	<xsl:param name="end"/>
	<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
		<fo:block>
			<xsl:if test="$end"><xsl:attribute name="text-align">end</xsl:attribute></xsl:if>
			<xsl:value-of select="t:text(concat('print.life.', name(), '.', $id))"/>
		</fo:block>
	</fo:table-cell>
</xsl:template>

<xsl:template name="cell">
	<xsl:param name="type" select="'text'"/>
	<xsl:param name="set"/>
	<xsl:param name="value"/>
	<xsl:param name="first"/>
	<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
		<xsl:if test="$first"><xsl:attribute name="role">TH</xsl:attribute></xsl:if>
		<fo:block>
			<xsl:if test="$type = 'money' or $type = 'number'"><xsl:attribute name="text-align">end</xsl:attribute></xsl:if>
			<xsl:if test="$type != 'text' and $type != 'state'"><xsl:attribute name="wrap-option">no-wrap</xsl:attribute></xsl:if>
			<xsl:if test="$value != ''"><xsl:value-of select="t:value($type, string($value), string($set))"/></xsl:if>
		</fo:block>
	</fo:table-cell>
</xsl:template>

<xsl:template match="rentals">
	<xsl:call-template name="title"/>
	<fo:table table-layout="fixed" width="100%" font-size="9pt">
		<fo:table-column column-width="24mm"/>
		<fo:table-column column-width="24mm"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="18mm"/>
		<xsl:if test="$costs"><fo:table-column column-width="24mm" number-columns-repeated="2"/></xsl:if>
		<fo:table-header>
			<fo:table-row font-weight="600" color="{$soft}" border-bottom="0.75pt solid {$line}">
				<xsl:call-template name="head"><xsl:with-param name="id">from</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">until</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">organisation</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">days</xsl:with-param><xsl:with-param name="end" select="true()"/></xsl:call-template>
				<xsl:if test="$costs">
					<xsl:call-template name="head"><xsl:with-param name="id">day</xsl:with-param><xsl:with-param name="end" select="true()"/></xsl:call-template>
					<xsl:call-template name="head"><xsl:with-param name="id">cost</xsl:with-param><xsl:with-param name="end" select="true()"/></xsl:call-template>
				</xsl:if>
			</fo:table-row>
		</fo:table-header>
		<fo:table-body><xsl:apply-templates select="rental"/></fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="rental">
	<fo:table-row border-bottom="0.5pt solid {$line}" keep-together.within-page="always">
		<xsl:call-template name="cell"><xsl:with-param name="type">date</xsl:with-param><xsl:with-param name="value" select="@from"/><xsl:with-param name="first" select="true()"/></xsl:call-template>
		<xsl:choose>
			<xsl:when test="@until"><xsl:call-template name="cell"><xsl:with-param name="type">date</xsl:with-param><xsl:with-param name="value" select="@until"/></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:call-template name="cell"><xsl:with-param name="value" select="t:text('print.life.rentals.now')"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
		<xsl:call-template name="cell"><xsl:with-param name="value" select="@organisation"/></xsl:call-template>
		<xsl:call-template name="cell"><xsl:with-param name="type">number</xsl:with-param><xsl:with-param name="value" select="@days"/></xsl:call-template>
		<xsl:if test="$costs">
			<xsl:call-template name="cell"><xsl:with-param name="type">money</xsl:with-param><xsl:with-param name="value" select="@day"/></xsl:call-template>
			<xsl:call-template name="cell"><xsl:with-param name="type">money</xsl:with-param><xsl:with-param name="value" select="@cost"/></xsl:call-template>
		</xsl:if>
	</fo:table-row>
</xsl:template>

<xsl:template match="inspections">
	<xsl:call-template name="title"/>
	<fo:table table-layout="fixed" width="100%" font-size="9pt">
		<fo:table-column column-width="24mm"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="30mm"/>
		<fo:table-column column-width="30mm"/>
		<fo:table-header>
			<fo:table-row font-weight="600" color="{$soft}" border-bottom="0.75pt solid {$line}">
				<xsl:call-template name="head"><xsl:with-param name="id">on</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">result</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">inspector</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">next</xsl:with-param></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="id">number</xsl:with-param></xsl:call-template>
			</fo:table-row>
		</fo:table-header>
		<fo:table-body><xsl:apply-templates select="inspection"/></fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="inspection">
	<fo:table-row border-bottom="0.5pt solid {$line}" keep-together.within-page="always">
		<xsl:call-template name="cell"><xsl:with-param name="type">date</xsl:with-param><xsl:with-param name="value" select="@on"/><xsl:with-param name="first" select="true()"/></xsl:call-template>
		<xsl:call-template name="cell"><xsl:with-param name="type">state</xsl:with-param><xsl:with-param name="set">inspection.result</xsl:with-param><xsl:with-param name="value" select="@result"/></xsl:call-template>
		<xsl:call-template name="cell"><xsl:with-param name="value" select="@inspector"/></xsl:call-template>
		<xsl:call-template name="cell"><xsl:with-param name="type">date</xsl:with-param><xsl:with-param name="value" select="@next"/></xsl:call-template>
		<xsl:call-template name="cell"><xsl:with-param name="type">code</xsl:with-param><xsl:with-param name="value" select="@number"/></xsl:call-template>
	</fo:table-row>
</xsl:template>

<xsl:template match="events">
	<xsl:call-template name="title"/>
	<xsl:choose>
		<xsl:when test="event">
			<fo:table table-layout="fixed" width="100%" font-size="9pt">
				<fo:table-column column-width="38mm"/>
				<fo:table-column column-width="27mm"/>
				<fo:table-column column-width="proportional-column-width(5)"/>
				<fo:table-column column-width="proportional-column-width(3)"/>
				<xsl:if test="$costs"><fo:table-column column-width="24mm"/></xsl:if>
				<fo:table-header>
					<fo:table-row font-weight="600" color="{$soft}" border-bottom="0.75pt solid {$line}">
						<xsl:call-template name="head"><xsl:with-param name="id">asked</xsl:with-param></xsl:call-template>
						<xsl:call-template name="head"><xsl:with-param name="id">number</xsl:with-param></xsl:call-template>
						<xsl:call-template name="head"><xsl:with-param name="id">what</xsl:with-param></xsl:call-template>
						<xsl:call-template name="head"><xsl:with-param name="id">by</xsl:with-param></xsl:call-template>
						<xsl:if test="$costs"><xsl:call-template name="head"><xsl:with-param name="id">cost</xsl:with-param><xsl:with-param name="end" select="true()"/></xsl:call-template></xsl:if>
					</fo:table-row>
				</fo:table-header>
				<fo:table-body><xsl:apply-templates select="event"/></fo:table-body>
			</fo:table>
		</xsl:when>
		<xsl:otherwise><fo:block><xsl:value-of select="t:text('print.life.events.none')"/></fo:block></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- No row stands alone on a page. -->
<xsl:template match="event">
	<fo:table-row border-bottom="0.5pt solid {$line}" keep-together.within-page="always">
		<xsl:if test="position() = 1 or position() = last() - 1"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
		<fo:table-cell role="TH" padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block wrap-option="no-wrap"><xsl:value-of select="t:value('date', string(@asked))"/></fo:block>
			<xsl:if test="@done and @done != @asked"><fo:block font-size="8pt" color="{$soft}" wrap-option="no-wrap"><xsl:value-of select="t:text('print.life.events.done', t:value('date', string(@done)))"/></fo:block></xsl:if>
		</fo:table-cell>
		<xsl:call-template name="cell"><xsl:with-param name="type">code</xsl:with-param><xsl:with-param name="value" select="@number"/></xsl:call-template>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block font-weight="600">
				<xsl:value-of select="t:text(concat('aid.event.', @kind))"/>
				<xsl:if test="@result"><xsl:value-of select="concat(': ', t:text(concat('inspection.result.', @result)))"/></xsl:if>
			</fo:block>
			<xsl:if test=". != ''"><fo:block><xsl:value-of select="."/></fo:block></xsl:if>
			<xsl:if test="@from or @to">
				<fo:block font-size="8pt" color="{$soft}">
					<xsl:value-of select="@from"/>
					<xsl:if test="@from and @to"> → </xsl:if>
					<xsl:value-of select="@to"/>
				</fo:block>
			</xsl:if>
		</fo:table-cell>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block><xsl:value-of select="@by"/></fo:block>
			<xsl:if test="@organisation"><fo:block font-size="8pt" color="{$soft}"><xsl:value-of select="@organisation"/></fo:block></xsl:if>
		</fo:table-cell>
		<xsl:if test="$costs"><xsl:call-template name="cell"><xsl:with-param name="type">money</xsl:with-param><xsl:with-param name="value" select="@cost"/></xsl:call-template></xsl:if>
	</fo:table-row>
</xsl:template>

</xsl:stylesheet>
