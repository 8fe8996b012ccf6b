<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!-- Pages after log-in: head, menu, main, foot. -->

<xsl:template name="shell">
	<header class="top">
		<div class="top__in">
			<t:fragment of="@portal | brand/@name | brand/@theme | user/@organisation">
				<a class="brand" href="/"><xsl:call-template name="mark"/>
					<span><xsl:value-of select="brand/@name"/><small><xsl:call-template name="whose"/></small></span></a>
			</t:fragment>
			<xsl:apply-templates select="search"/>
			<div class="top__links"><xsl:apply-templates select="user"/></div>
		</div>
	</header>
	<details class="navmobile">
		<t:fragment of="/..">
			<summary>
				<xsl:call-template name="icon"><xsl:with-param name="name">menu</xsl:with-param></xsl:call-template>
				<xsl:value-of select="t:text('nav.menu')"/>
				<xsl:call-template name="icon"><xsl:with-param name="name">chevron-down</xsl:with-param></xsl:call-template>
			</summary>
		</t:fragment>
		<nav class="side" aria-label="{t:text('nav.menu')}"><xsl:apply-templates select="menu"/></nav>
	</details>
	<div class="shell">
		<nav class="side" aria-label="{t:text('nav.main')}"><xsl:apply-templates select="menu"/></nav>
		<main id="content" tabindex="-1">
			<xsl:apply-templates select="crumbs"/>
			<xsl:call-template name="head"/>
			<xsl:apply-templates select="messages"/>
			<xsl:apply-templates select="body"/>
		</main>
	</div>
	<t:fragment of="foot">
		<footer class="foot">
			<div class="foot__in">
				<xsl:if test="foot/item">
					<ul class="links">
						<xsl:for-each select="foot/item">
							<li><a href="{@href}"><xsl:value-of select="t:text(concat('foot.', @id))"/></a></li>
						</xsl:for-each>
					</ul>
				</xsl:if>
				<p>
					<xsl:call-template name="words"><xsl:with-param name="text" select="t:raw('foot.service')"/></xsl:call-template>
				</p>
			</div>
		</footer>
	</t:fragment>
	<xsl:apply-templates select="user/@idle"/>
</xsl:template>

<!-- A warning before the session ends; portal.js shows it. -->
<xsl:template match="user/@idle">
	<t:fragment passes=".">
		<dialog class="idle" id="idle" data-idle="{.}" aria-labelledby="idle-title">
			<h2 id="idle-title"><xsl:value-of select="t:text('idle.title')"/></h2>
			<p><xsl:value-of select="t:text('idle.text')"/></p>
			<p hidden="hidden"><xsl:value-of select="t:text('idle.ended')"/></p>
			<div class="actions">
				<button class="btn btn--main" type="button"><xsl:value-of select="t:text('idle.stay')"/></button>
				<button class="btn btn--main" type="button" hidden="hidden"><xsl:value-of select="t:text('idle.close')"/></button>
			</div>
		</dialog>
	</t:fragment>
</xsl:template>

<!--
	The organisation; what this is for the supplier's own people, and for a
	professional, who may work for several.
-->
<xsl:template name="whose">
	<xsl:choose>
		<xsl:when test="user/@organisation != '' and user/@organisation != brand/@name and @portal != 'professional'"><xsl:value-of select="user/@organisation"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat('portal.', @portal))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="search">
	<t:fragment>
		<form class="top__search" role="search" method="get" action="{@href}">
			<label class="sr" for="search"><xsl:value-of select="t:text(concat('search.', @name))"/></label>
			<input id="search" name="{@name}" type="search" autocomplete="off" enterkeyhint="search" placeholder="{t:text(concat('search.', @name))}"/>
			<button>
				<xsl:call-template name="icon"><xsl:with-param name="name">search</xsl:with-param></xsl:call-template>
				<span class="sr"><xsl:value-of select="t:text('search.submit')"/></span>
			</button>
		</form>
	</t:fragment>
</xsl:template>

</xsl:stylesheet>
