<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What happened to a request, and what comes. -->

<xsl:template match="timeline">
	<xsl:call-template name="panel">
		<xsl:with-param name="else" select="'timeline.title'"/>
		<xsl:with-param name="content">
			<xsl:if test="@href">
				<p class="hint" id="timeline-{@id}-{count(preceding-sibling::timeline[@id = current()/@id]) + 1}-link"><a href="{@href}"><xsl:value-of select="t:text(concat('timeline.', @id, '.link'), arg)"/></a></p>
			</xsl:if>
			<ol class="timeline"><xsl:apply-templates select="step"/></ol>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- Words of its own, those of a request's course, or those of the state. -->
<xsl:template match="step">
	<xsl:variable name="id" select="concat('timeline.', ../@id, '.', @id)"/>
	<li class="{@status}">
		<xsl:if test="@status = 'now'"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if>
		<xsl:choose>
			<xsl:when test="t:has($id)"><xsl:value-of select="t:text($id, arg)"/></xsl:when>
			<xsl:when test="t:has(concat('timeline.request.', @id))"><xsl:value-of select="t:text(concat('timeline.request.', @id), arg)"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="t:text(concat('request.state.', @id), arg)"/></xsl:otherwise>
		</xsl:choose>
		<xsl:if test="@at"><span class="meta"><xsl:call-template name="step-at"/></span></xsl:if>
		<xsl:if test="@by"><span class="meta"><xsl:value-of select="@by"/></span></xsl:if>
		<xsl:if test="arg and t:has(concat($id, '.note'))">
			<span class="meta"><xsl:value-of select="t:text(concat($id, '.note'), arg)"/></span>
			<xsl:for-each select="arg[@set = 'request.part']"><span class="meta"><xsl:value-of select="t:value(string(@type), string(.), string(@set))"/></span></xsl:for-each>
		</xsl:if>
		<xsl:for-each select="reason[. != '']"><span class="reason"><xsl:value-of select="."/></span></xsl:for-each>
	</li>
</xsl:template>

<!-- A day or a moment; the text ID.at, where there is one, says of what. -->
<xsl:template name="step-at">
	<xsl:variable name="id" select="concat('timeline.', ../@id, '.', @id, '.at')"/>
	<xsl:variable name="type">
		<xsl:choose>
			<xsl:when test="contains(@at, 'T')">datetime</xsl:when>
			<xsl:otherwise>date</xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="t:has($id)"><xsl:value-of select="t:text($id, t:value(string($type), string(@at)))"/></xsl:when>
		<xsl:otherwise>
			<xsl:call-template name="value">
				<xsl:with-param name="type" select="string($type)"/>
				<xsl:with-param name="value" select="string(@at)"/>
			</xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
