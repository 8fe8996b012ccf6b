<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Names and values. -->

<xsl:template match="detail">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<dl class="facts">
				<xsl:if test="count(item) &gt; 4 and not(ancestor::aside)"><xsl:attribute name="class">facts facts--2</xsl:attribute></xsl:if>
				<xsl:apply-templates select="item"/>
			</dl>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="detail/item">
	<div>
		<xsl:if test="@type = 'lines'"><xsl:attribute name="class">wide</xsl:attribute></xsl:if>
		<dt>
			<xsl:choose>
				<xsl:when test="@label"><xsl:value-of select="@label"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:text(concat('detail.', ../@id, '.', @name))"/></xsl:otherwise>
			</xsl:choose>
		</dt>
		<dd>
			<xsl:choose>
				<xsl:when test=". = ''"><xsl:call-template name="nothing"/></xsl:when>
				<xsl:when test="@href"><a href="{@href}"><xsl:call-template name="value"/></a></xsl:when>
				<xsl:otherwise><xsl:call-template name="value"/></xsl:otherwise>
			</xsl:choose>
		</dd>
	</div>
</xsl:template>

<!-- An empty value: a dash that is read as words. -->
<xsl:template name="nothing">
	<span class="muted"><span aria-hidden="true"><xsl:text>–</xsl:text></span><span class="sr"><xsl:value-of select="t:text('value.none')"/></span></span>
</xsl:template>

</xsl:stylesheet>
