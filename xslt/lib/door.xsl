<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Pages before log-in: the page left, help and contact right. -->

<xsl:template name="door">
	<div class="login">
		<div class="login__form">
			<header class="login__brand">
				<a class="brand" href="/"><xsl:call-template name="mark"/>
					<span><xsl:value-of select="brand/@name"/><small><xsl:value-of select="t:text('portal.public')"/></small></span></a>
			</header>
			<main id="content" tabindex="-1" class="stack">
				<div>
					<xsl:if test="t:has(concat('page.', @id, '.step'))">
						<p class="muted small"><xsl:value-of select="t:text(concat('page.', @id, '.step'))"/></p>
					</xsl:if>
					<h1><xsl:call-template name="title"/></h1>
					<xsl:call-template name="intro"/>
				</div>
				<xsl:apply-templates select="messages"/>
				<xsl:apply-templates select="body"/>
			</main>
			<xsl:apply-templates select="foot" mode="door"/>
		</div>
		<xsl:call-template name="door-side"/>
	</div>
</xsl:template>

<xsl:template name="door-side">
	<xsl:variable name="own" select="concat('side.', @id)"/>
	<xsl:variable name="id">
		<xsl:choose>
			<xsl:when test="t:has(concat($own, '.title'))"><xsl:value-of select="$own"/></xsl:when>
			<xsl:otherwise>side</xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<aside class="login__side" aria-labelledby="side">
		<div class="login__help">
			<h2 id="side"><xsl:value-of select="t:text(concat($id, '.title'))"/></h2>
			<p><xsl:value-of select="t:text(concat($id, '.text'))"/></p>
			<xsl:if test="t:has(concat($id, '.more'))"><p><xsl:value-of select="t:text(concat($id, '.more'))"/></p></xsl:if>
			<p class="row">
				<xsl:call-template name="icon"><xsl:with-param name="name">phone</xsl:with-param></xsl:call-template>
				<a href="{t:tel(brand/@phone)}"><xsl:value-of select="t:phone(brand/@phone)"/></a>
			</p>
			<p class="row">
				<xsl:call-template name="icon"><xsl:with-param name="name">mail</xsl:with-param></xsl:call-template>
				<a href="{t:mailto(brand/@email)}"><xsl:value-of select="brand/@email"/></a>
			</p>
		</div>
		<img src="{t:static(concat('img/login-', brand/@theme, '.svg'))}" alt="" width="800" height="420"/>
	</aside>
</xsl:template>

<xsl:template match="foot" mode="door">
	<footer class="login__foot">
		<xsl:for-each select="item">
			<a href="{@href}"><xsl:value-of select="t:text(concat('foot.', @id))"/></a>
		</xsl:for-each>
	</footer>
</xsl:template>

<xsl:template name="mark">
	<img src="{t:static(concat('img/logo-', /page/brand/@theme, '.svg'))}" alt="" width="36" height="36"/>
</xsl:template>

</xsl:stylesheet>
