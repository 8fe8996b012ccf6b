<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- What the user may do here: links, and forms where it posts. -->

<!-- Drawn beside the title: head.xsl. -->
<xsl:template match="actions[@place = 'head']"/>

<xsl:template match="actions">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<xsl:if test="t:has(concat('actions.', @id, '.text'))">
				<p class="hint"><xsl:value-of select="t:text(concat('actions.', @id, '.text'))"/></p>
			</xsl:if>
			<xsl:if test="action[not(@refused)]">
				<div class="actions">
					<xsl:if test="@place = 'end'"><xsl:attribute name="class">actions actions--end</xsl:attribute></xsl:if>
					<xsl:apply-templates select="action[not(@refused)]"/>
				</div>
			</xsl:if>
			<xsl:apply-templates select="action[@refused]"/>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<!-- Pages of one thing. -->
<xsl:template match="tabs">
	<nav class="tabs" aria-label="{t:text(concat('tabs.', @id))}">
		<ul class="plain">
			<xsl:for-each select="tab">
				<li>
					<a href="{@href}">
						<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
						<xsl:value-of select="t:text(concat('tabs.', ../@id, '.', @id))"/>
					</a>
				</li>
			</xsl:for-each>
		</ul>
	</nav>
</xsl:template>

<!-- One of several services: a choice, then a button. -->
<xsl:template match="actions[@look = 'choice']">
	<xsl:variable name="offered" select="action[not(@refused)]"/>
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<xsl:choose>
				<xsl:when test="$offered and @href"><xsl:call-template name="choice-form"/></xsl:when>
				<xsl:when test="$offered"><div class="choices"><xsl:apply-templates select="$offered" mode="card"/></div></xsl:when>
			</xsl:choose>
			<xsl:if test="not($offered and @href)"><xsl:apply-templates select="action[@refused]"/></xsl:if>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template name="choice-form">
	<xsl:variable name="id" select="concat('actions.', @id)"/>
	<form class="form" method="get" action="{@href}">
		<fieldset class="choices">
			<legend class="hint"><xsl:value-of select="t:text(concat($id, '.text'))"/></legend>
			<xsl:for-each select="action[not(@refused)]">
				<label class="choice">
					<input type="radio" name="action" value="{@id}">
						<xsl:if test="position() = 1"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
					</input>
					<span class="strong"><xsl:value-of select="t:text(concat('action.', @id))"/></span>
				</label>
			</xsl:for-each>
		</fieldset>
		<xsl:apply-templates select="action[@refused]"/>
		<button class="btn btn--main btn--block"><xsl:value-of select="t:text(concat($id, '.submit'))"/></button>
	</form>
</xsl:template>

<xsl:template match="action" mode="card">
	<a class="choice" href="{@href}">
		<xsl:call-template name="icon"><xsl:with-param name="name">chevron-right</xsl:with-param></xsl:call-template>
		<xsl:value-of select="t:text(concat('action.', @id))"/>
	</a>
</xsl:template>

<xsl:template match="action">
	<a href="{@href}">
		<xsl:call-template name="action-look"/>
	</a>
</xsl:template>

<xsl:template match="action[@method = 'post']">
	<form method="post" action="{@action}">
		<xsl:call-template name="form-tokens"/>
		<button><xsl:call-template name="action-look"/></button>
	</form>
</xsl:template>

<xsl:template match="action[@refused]">
	<p class="hint"><xsl:value-of select="t:text(concat('action.', @id, '.refused.', @refused), arg)"/></p>
</xsl:template>

<xsl:template name="action-look">
	<xsl:attribute name="class">
		<xsl:text>btn</xsl:text>
		<xsl:if test="@look"><xsl:value-of select="concat(' btn--', @look)"/></xsl:if>
	</xsl:attribute>
	<xsl:if test="@icon"><xsl:call-template name="icon"><xsl:with-param name="name" select="@icon"/></xsl:call-template></xsl:if>
	<xsl:value-of select="t:text(concat('action.', @id), arg)"/>
</xsl:template>

</xsl:stylesheet>
