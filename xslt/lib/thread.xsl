<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What both sides say about something, and the files with it. -->

<xsl:template match="thread[not(message)]">
	<p class="muted"><xsl:value-of select="t:text(concat('thread.', @id, '.empty'))"/></p>
</xsl:template>

<xsl:template match="thread">
	<ol class="thread plain"><xsl:apply-templates select="message"/></ol>
</xsl:template>

<!-- One's own side stands right, the other left; each says whose it is. -->
<xsl:template match="thread/message">
	<li class="said">
		<xsl:if test="@own"><xsl:attribute name="class">said said--own</xsl:attribute></xsl:if>
		<p class="said__by">
			<span class="strong"><xsl:value-of select="@by"/></span>
			<xsl:if test="not(@own)"><xsl:value-of select="concat(' · ', t:text(concat('message.side.', @side)))"/></xsl:if>
			<xsl:text> · </xsl:text>
			<time datetime="{@at}"><xsl:value-of select="t:value('datetime', string(@at))"/></time>
		</p>
		<p class="said__text"><xsl:value-of select="text"/></p>
		<xsl:if test="photo"><ul class="photos plain"><xsl:apply-templates select="photo"/></ul></xsl:if>
		<xsl:if test="file"><ul class="files plain"><xsl:apply-templates select="file"/></ul></xsl:if>
	</li>
</xsl:template>

<xsl:template match="files">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<ul class="files plain"><xsl:apply-templates select="file"/></ul>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="file">
	<li>
		<xsl:call-template name="icon"><xsl:with-param name="name">file-text</xsl:with-param></xsl:call-template>
		<div>
			<a href="{@href}"><xsl:value-of select="@name"/></a>
			<span class="muted">
				<xsl:text> </xsl:text>
				<span class="nowrap"><xsl:call-template name="file-size"/></span>
				<xsl:if test="@by"><xsl:value-of select="concat(' · ', @by)"/></xsl:if>
				<xsl:if test="@at"><xsl:text> · </xsl:text><time datetime="{@at}"><xsl:value-of select="t:value('datetime', string(@at))"/></time></xsl:if>
			</span>
		</div>
	</li>
</xsl:template>

<!-- kB, from 1 MB in tenths of it. -->
<xsl:template name="file-size">
	<xsl:choose>
		<xsl:when test="@size &lt; 1000000"><xsl:value-of select="t:text('file.kb', string(ceiling(@size div 1000)))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('file.mb', string(floor(@size div 1000000)), string(floor(@size div 100000) mod 10))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
