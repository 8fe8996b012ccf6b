<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
	xmlns:svg="http://www.w3.org/2000/svg"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- A request on paper: <document id="request"> (schema/rng/document.rng). -->

<xsl:import href="page.xsl"/>
<xsl:import href="facts.xsl"/>
<xsl:import href="letterhead.xsl"/>

<xsl:template match="document" mode="footer">
	<xsl:value-of select="t:text('print.request.footer', string(brand/@name), t:code(request/@number))"/>
</xsl:template>

<xsl:template match="document" mode="body">
	<xsl:call-template name="letterhead"/>
	<xsl:apply-templates select="request"/>
	<xsl:variable name="client" select="detail[@id = 'request-client'][item]"/>
	<xsl:variable name="asked" select="detail[@id = 'request-asked']"/>
	<xsl:variable name="place" select="detail[@id = 'request-place'][item]"/>
	<xsl:call-template name="facts-pair">
		<xsl:with-param name="left" select="$client | $asked[not($client)]"/>
		<xsl:with-param name="right" select="$asked[$client] | $place[not($client)]"/>
	</xsl:call-template>
	<xsl:apply-templates select="aids[aid]"/>
	<xsl:apply-templates select="text"/>
	<xsl:apply-templates select="photos"/>
	<xsl:call-template name="facts-pair">
		<xsl:with-param name="left" select="$place[$client]"/>
		<xsl:with-param name="right" select="detail[@id = 'request-work'][item]"/>
	</xsl:call-template>
	<xsl:for-each select="detail[@id = 'request-line'][position() mod 2 = 1]">
		<xsl:call-template name="facts-pair">
			<xsl:with-param name="left" select="."/>
			<xsl:with-param name="right" select="following-sibling::detail[1]"/>
		</xsl:call-template>
	</xsl:for-each>
	<xsl:apply-templates select="timeline[step]"/>
	<fo:block font-size="8pt" color="{$soft}" space-before="6mm" keep-together.within-page="always">
		<xsl:value-of select="t:text('print.request.note', string(branch/@name), t:phone(branch/@phone), string(@version), t:datetime(@issued))"/>
	</fo:block>
</xsl:template>

<!-- Title, number, date, and in which state it was. -->
<xsl:template match="request">
	<xsl:variable name="title" select="concat('print.request.title.', @kind)"/>
	<fo:block xsl:use-attribute-sets="h1">
		<xsl:choose>
			<xsl:when test="t:has($title)"><xsl:value-of select="t:text($title)"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="t:text(concat('request.kind.', @kind))"/></xsl:otherwise>
		</xsl:choose>
	</fo:block>
	<fo:table role="NonStruct" table-layout="fixed" width="100%" color="{$soft}" space-before="0.5mm">
		<fo:table-column column-width="proportional-column-width(3)"/>
		<fo:table-column column-width="proportional-column-width(2)"/>
		<fo:table-body>
			<fo:table-row>
				<fo:table-cell>
					<fo:block>
						<xsl:value-of select="concat(t:text('print.request.number'), ' ')"/>
						<fo:inline font-weight="600" color="{$ink}" wrap-option="no-wrap"><xsl:value-of select="t:code(@number)"/></fo:inline>
						<xsl:value-of select="concat(' · ', t:text('print.request.asked', t:datetime(@asked)))"/>
					</fo:block>
				</fo:table-cell>
				<fo:table-cell>
					<fo:block text-align="end"><xsl:call-template name="state"/></fo:block>
				</fo:table-cell>
			</fo:table-row>
		</fo:table-body>
	</fo:table>
</xsl:template>

<!-- Green is done, amber waits for somebody, red ended otherwise. -->
<xsl:template name="state">
	<xsl:variable name="s" select="concat(' ', @state, ' ')"/>
	<fo:inline font-size="8pt" font-weight="600" padding="0.6mm 1.8mm" fox:border-radius="1mm">
		<xsl:choose>
			<xsl:when test="$s = ' done '">
				<xsl:attribute name="color">#14532d</xsl:attribute>
				<xsl:attribute name="background-color">#e3f3e8</xsl:attribute>
				<xsl:attribute name="border">0.5pt solid #6fb487</xsl:attribute>
			</xsl:when>
			<xsl:when test="contains(' draft awaiting_approval awaiting_signature proposed on_hold ', $s)">
				<xsl:attribute name="color">#6b3f00</xsl:attribute>
				<xsl:attribute name="background-color">#fdf1dc</xsl:attribute>
				<xsl:attribute name="border">0.5pt solid #d9a441</xsl:attribute>
			</xsl:when>
			<xsl:when test="contains(' rejected withdrawn cancelled signature_refused ', $s)">
				<xsl:attribute name="color">#7d1a1a</xsl:attribute>
				<xsl:attribute name="background-color">#fbe6e4</xsl:attribute>
				<xsl:attribute name="border">0.5pt solid #d88c86</xsl:attribute>
			</xsl:when>
			<xsl:otherwise>
				<xsl:attribute name="color"><xsl:value-of select="$brand-strong"/></xsl:attribute>
				<xsl:attribute name="background-color">#e6f1f2</xsl:attribute>
				<xsl:attribute name="border">0.5pt solid #a9cbd0</xsl:attribute>
			</xsl:otherwise>
		</xsl:choose>
		<xsl:value-of select="t:text(concat('request.state.', @state))"/>
	</fo:inline>
</xsl:template>

<xsl:template match="aids">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text('print.request.aids')"/></fo:block>
	<fo:table table-layout="fixed" width="100%" font-size="9pt">
		<fo:table-column column-width="20mm"/>
		<fo:table-column column-width="proportional-column-width(5)"/>
		<fo:table-column column-width="proportional-column-width(3)"/>
		<fo:table-column column-width="proportional-column-width(4)"/>
		<xsl:if test="aid/qr"><fo:table-column column-width="20mm"/></xsl:if>
		<fo:table-header>
			<fo:table-row font-weight="600" color="{$soft}" border-bottom="0.75pt solid {$line}">
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('detail.request-aid.aid')"/></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('detail.request-aid.type')"/></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('detail.request-aid.serial')"/></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('detail.request-aid.owner')"/></xsl:call-template>
				<xsl:if test="aid/qr"><xsl:call-template name="head"><xsl:with-param name="text" select="t:text('print.request.label')"/></xsl:call-template></xsl:if>
			</fo:table-row>
		</fo:table-header>
		<fo:table-body><xsl:apply-templates select="aid"/></fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template name="head">
	<xsl:param name="text"/>
	<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm"><fo:block><xsl:value-of select="$text"/></fo:block></fo:table-cell>
</xsl:template>

<xsl:template match="aid">
	<fo:table-row border-bottom="0.5pt solid {$line}" keep-together.within-page="always">
		<fo:table-cell role="TH" padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block wrap-option="no-wrap">
				<xsl:choose>
					<xsl:when test="@href"><fo:basic-link external-destination="url('{@href}')" color="{$brand}"><xsl:value-of select="t:code(@number)"/></fo:basic-link></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:code(@number)"/></xsl:otherwise>
				</xsl:choose>
			</fo:block>
		</fo:table-cell>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block font-weight="600"><xsl:value-of select="@type"/></fo:block>
			<fo:block font-size="8pt" color="{$soft}"><xsl:value-of select="@category"/></fo:block>
			<xsl:if test="@place"><fo:block font-size="8pt"><xsl:value-of select="@place"/></fo:block></xsl:if>
			<xsl:if test="@state"><fo:block font-size="8pt" color="{$soft}"><xsl:value-of select="t:text(concat('request.state.', @state))"/></fo:block></xsl:if>
		</fo:table-cell>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm"><fo:block><xsl:value-of select="@serial"/></fo:block></fo:table-cell>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm"><fo:block><xsl:value-of select="@owner"/></fo:block></fo:table-cell>
		<xsl:if test="../aid/qr">
			<fo:table-cell padding="1.3mm 0mm"><fo:block line-height="1"><xsl:apply-templates select="qr"/></fo:block></fo:table-cell>
		</xsl:if>
	</fo:table-row>
</xsl:template>

<!-- With the four empty modules around it that scanners need. -->
<xsl:template match="qr">
	<fo:instream-foreign-object content-width="20mm" fox:alt-text="{t:text('print.request.qr', t:code(../@number))}">
		<svg:svg width="20mm" height="20mm" viewBox="-4 -4 {@size + 8} {@size + 8}"><svg:path d="{@path}" fill="#000000"/></svg:svg>
	</fo:instream-foreign-object>
</xsl:template>

<!-- As it was typed, line by line. -->
<xsl:template match="document/text">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text(concat('detail.request.', @name))"/></fo:block>
	<fo:block linefeed-treatment="preserve" hyphenate="true"><xsl:value-of select="."/></fo:block>
</xsl:template>

<!-- Two beside each other; domain/document.c puts them in when it draws. -->
<xsl:template match="photos">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text('photos.request.title')"/></fo:block>
	<fo:table role="NonStruct" table-layout="fixed" width="100%">
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-column column-width="proportional-column-width(1)"/>
		<fo:table-body>
			<xsl:for-each select="photo[position() mod 2 = 1]">
				<fo:table-row keep-together.within-page="always">
					<fo:table-cell padding="1mm 2mm 1mm 0mm"><xsl:apply-templates select="."/></fo:table-cell>
					<fo:table-cell padding="1mm 0mm 1mm 2mm"><fo:block><xsl:apply-templates select="following-sibling::photo[1]" mode="inside"/></fo:block></fo:table-cell>
				</fo:table-row>
			</xsl:for-each>
		</fo:table-body>
	</fo:table>
</xsl:template>

<xsl:template match="photo"><fo:block><xsl:apply-templates select="." mode="inside"/></fo:block></xsl:template>

<xsl:template match="photo" mode="inside">
	<fo:external-graphic src="url('{@src}')" fox:alt-text="{t:text('print.request.photo', @n)}">
		<xsl:choose>
			<xsl:when test="@width * 3 &gt; @height * 4"><xsl:attribute name="content-width">80mm</xsl:attribute></xsl:when>
			<xsl:otherwise><xsl:attribute name="content-height">60mm</xsl:attribute></xsl:otherwise>
		</xsl:choose>
	</fo:external-graphic>
</xsl:template>

<xsl:template match="timeline">
	<fo:block xsl:use-attribute-sets="h2"><xsl:value-of select="t:text('timeline.request.title')"/></fo:block>
	<fo:table table-layout="fixed" width="100%" font-size="9pt">
		<fo:table-column column-width="42mm"/>
		<fo:table-column column-width="proportional-column-width(5)"/>
		<fo:table-column column-width="proportional-column-width(2)"/>
		<fo:table-header>
			<fo:table-row font-weight="600" color="{$soft}" border-bottom="0.75pt solid {$line}">
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('print.timeline.at')"/></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('print.timeline.what')"/></xsl:call-template>
				<xsl:call-template name="head"><xsl:with-param name="text" select="t:text('print.timeline.by')"/></xsl:call-template>
			</fo:table-row>
		</fo:table-header>
		<fo:table-body><xsl:apply-templates select="step"/></fo:table-body>
	</fo:table>
</xsl:template>

<!-- No row stands alone on a page. -->
<xsl:template match="step">
	<xsl:variable name="id" select="concat('timeline.', ../@id, '.', @id)"/>
	<fo:table-row border-bottom="0.5pt solid {$line}" keep-together.within-page="always">
		<xsl:if test="position() = 1 or position() = last() - 1"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
			<xsl:call-template name="value">
				<xsl:with-param name="type" select="concat('date', substring('time', 1, 4 * contains(@at, 'T')))"/>
				<xsl:with-param name="value" select="string(@at)"/>
			</xsl:call-template>
		</fo:table-cell>
		<fo:table-cell padding="1.3mm 2mm 1.3mm 0mm">
			<fo:block>
				<fo:inline font-weight="600">
					<xsl:choose>
						<xsl:when test="t:has($id)"><xsl:value-of select="t:text($id, arg)"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="t:text(concat('request.state.', @id), arg)"/></xsl:otherwise>
					</xsl:choose>
				</fo:inline>
				<xsl:if test="arg and t:has(concat($id, '.note'))"><xsl:value-of select="concat(', ', t:text(concat($id, '.note'), arg))"/></xsl:if>
				<xsl:for-each select="arg[@set = 'request.part']"><xsl:text>, </xsl:text><fo:inline wrap-option="no-wrap"><xsl:value-of select="t:value(string(@type), string(.), string(@set))"/></fo:inline></xsl:for-each>
			</fo:block>
			<xsl:for-each select="reason[. != '']"><fo:block linefeed-treatment="preserve" color="{$soft}"><xsl:value-of select="."/></fo:block></xsl:for-each>
		</fo:table-cell>
		<fo:table-cell padding="1.3mm 0mm"><fo:block><xsl:value-of select="@by"/></fo:block></fo:table-cell>
	</fo:table-row>
</xsl:template>

</xsl:stylesheet>
