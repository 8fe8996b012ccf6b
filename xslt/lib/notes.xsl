<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Messages after an action (words message.ID, or those of an action that
     was refused: action.…), and standing notes. -->

<xsl:template match="messages[not(*)]"/>

<xsl:template match="messages">
	<div class="messages"><xsl:apply-templates select="message"/></div>
</xsl:template>

<xsl:template match="message">
	<xsl:variable name="id">
		<xsl:if test="not(starts-with(@id, 'action.'))">message.</xsl:if>
		<xsl:value-of select="@id"/>
	</xsl:variable>
	<div class="note note--{@kind}" role="status">
		<xsl:if test="@kind = 'bad'"><xsl:attribute name="role">alert</xsl:attribute></xsl:if>
		<xsl:call-template name="note-icon"/>
		<div>
			<h2><xsl:value-of select="t:text($id, arg)"/></h2>
			<xsl:if test="t:has(concat($id, '.text'))">
				<p><xsl:call-template name="note-words"><xsl:with-param name="id" select="$id"/></xsl:call-template></p>
			</xsl:if>
		</div>
	</div>
</xsl:template>

<xsl:template match="notes">
	<div class="notes"><xsl:apply-templates select="note"/></div>
</xsl:template>

<xsl:template match="note">
	<xsl:variable name="id" select="concat('note.', @id)"/>
	<div class="note note--{@kind}">
		<xsl:call-template name="note-icon"/>
		<div>
			<xsl:if test="t:has(concat($id, '.title'))"><h2><xsl:value-of select="t:text(concat($id, '.title'), arg)"/></h2></xsl:if>
			<p><xsl:call-template name="note-words"><xsl:with-param name="id" select="$id"/></xsl:call-template></p>
		</div>
	</div>
</xsl:template>

<!-- Text ID.text; {link} in it has the words ID.link. -->
<xsl:template name="note-words">
	<xsl:param name="id"/>
	<xsl:variable name="text" select="t:raw(concat($id, '.text'), arg)"/>
	<xsl:variable name="link">
		<xsl:if test="contains($text, '{link}')"><xsl:value-of select="t:text(concat($id, '.link'), arg)"/></xsl:if>
	</xsl:variable>
	<xsl:call-template name="words">
		<xsl:with-param name="text" select="$text"/>
		<xsl:with-param name="link" select="$link"/>
		<xsl:with-param name="href" select="@href"/>
	</xsl:call-template>
</xsl:template>

<xsl:template name="note-icon">
	<xsl:call-template name="icon">
		<xsl:with-param name="name">
			<xsl:choose>
				<xsl:when test="@icon"><xsl:value-of select="@icon"/></xsl:when>
				<xsl:when test="@kind = 'ok'">circle-check</xsl:when>
				<xsl:when test="@kind = 'warn'">triangle-alert</xsl:when>
				<xsl:when test="@kind = 'bad'">circle-x</xsl:when>
				<xsl:otherwise>info</xsl:otherwise>
			</xsl:choose>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

</xsl:stylesheet>
