<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Locations with their departments. -->

<xsl:template match="tree">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ul class="tree"><xsl:apply-templates select="place"/></ul>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="tree/place">
	<li>
		<p>
			<span class="strong"><xsl:value-of select="@name"/></span>
			<xsl:if test="@note"><span class="hint"><xsl:value-of select="@note"/></span></xsl:if>
			<xsl:if test="@whole = 'yes'">
				<span class="badge">
					<xsl:call-template name="icon"><xsl:with-param name="name">check</xsl:with-param></xsl:call-template>
					<xsl:value-of select="t:text('tree.whole')"/>
				</span>
			</xsl:if>
		</p>
		<xsl:if test="place">
			<ul class="plain"><xsl:for-each select="place"><li><xsl:value-of select="@name"/></li></xsl:for-each></ul>
		</xsl:if>
	</li>
</xsl:template>

</xsl:stylesheet>
