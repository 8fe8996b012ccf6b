<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Several things of a kind, each on a line. -->

<xsl:template match="lines[not(line)]"/>

<xsl:template match="lines">
	<xsl:call-template name="panel">
		<xsl:with-param name="content"><ul class="things plain"><xsl:apply-templates select="line"/></ul></xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="line">
	<li>
		<span class="things__code">
			<xsl:choose>
				<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="t:code(@code)"/></a></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:code(@code)"/></xsl:otherwise>
			</xsl:choose>
		</span>
		<span class="things__what">
			<span class="strong"><xsl:value-of select="@title"/></span>
			<xsl:if test="part">
				<span class="sub">
					<xsl:for-each select="part">
						<span>
							<xsl:if test="@set = 'service.refused'"><xsl:attribute name="class">bad</xsl:attribute></xsl:if>
							<xsl:variable name="value" select="t:value(string(@type), string(.), string(@set))"/>
							<xsl:choose>
								<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="t:text(concat('lines.', ../../@id, '.', @name), $value)"/></a></xsl:when>
								<xsl:when test="@name"><xsl:value-of select="t:text(concat('lines.', ../../@id, '.', @name), $value)"/></xsl:when>
								<xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
							</xsl:choose>
						</span>
					</xsl:for-each>
				</span>
			</xsl:if>
		</span>
		<xsl:if test="@state">
			<xsl:call-template name="badge">
				<xsl:with-param name="set" select="@set"/>
				<xsl:with-param name="state" select="@state"/>
			</xsl:call-template>
		</xsl:if>
	</li>
</xsl:template>

</xsl:stylesheet>
