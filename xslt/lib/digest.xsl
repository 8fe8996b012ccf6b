<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Little of several overviews, each with the way to all of it. -->

<xsl:template match="digests">
	<div class="digests"><xsl:apply-templates select="digest"/></div>
</xsl:template>

<xsl:template match="digest">
	<xsl:variable name="id" select="concat('digest.', @id)"/>
	<section class="digest" aria-labelledby="digest-{@id}">
		<div class="digest__head">
			<h2 id="digest-{@id}"><xsl:value-of select="t:text(concat($id, '.title'))"/></h2>
			<a href="{@href}"><xsl:value-of select="t:text('digest.all')"/><span class="sr"><xsl:value-of select="concat(' ', t:text(concat($id, '.title')))"/></span></a>
		</div>
		<xsl:choose>
			<xsl:when test="entry"><ul class="plain"><xsl:apply-templates select="entry"/></ul></xsl:when>
			<xsl:otherwise><p class="digest__none"><xsl:value-of select="t:text(concat($id, '.empty'))"/></p></xsl:otherwise>
		</xsl:choose>
	</section>
</xsl:template>

<!-- What and where left; how far and when right. -->
<xsl:template match="entry">
	<li>
		<div>
			<a class="strong" href="{@href}">
				<xsl:if test="../@id = 'waiting'"><xsl:for-each select="item[@name = 'kind']"><xsl:call-template name="value"/></xsl:for-each><xsl:text> </xsl:text></xsl:if>
				<xsl:value-of select="t:value('code', @number)"/>
			</a>
		</div>
		<div class="end">
			<xsl:call-template name="badge">
				<xsl:with-param name="set">request.state</xsl:with-param>
				<xsl:with-param name="state" select="@state"/>
			</xsl:call-template>
		</div>
		<div>
			<xsl:choose>
				<xsl:when test="item[@name = 'aids']"><xsl:value-of select="t:text('digest.aids', item[@name = 'aids'])"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="item[@name = 'type']"/></xsl:otherwise>
			</xsl:choose>
			<span class="hint">
				<xsl:for-each select="item[@name = 'location' or @name = 'place' or @name = 'requester']">
					<xsl:text> · </xsl:text><xsl:value-of select="."/>
				</xsl:for-each>
			</span>
		</div>
		<div class="end hint">
			<xsl:for-each select="item[@type = 'date']">
				<xsl:value-of select="t:text(concat('digest.', @name), t:value('date', .))"/>
			</xsl:for-each>
			<xsl:for-each select="item[@name = 'cost']"><xsl:text> · </xsl:text><xsl:call-template name="value"/></xsl:for-each>
		</div>
	</li>
</xsl:template>

</xsl:stylesheet>
