<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!-- The portal's menu and the user's own. -->

<xsl:template match="menu">
	<t:fragment>
		<xsl:for-each select="group">
			<div class="side__group">
				<xsl:if test="t:has(concat('menu.group.', @id))">
					<h2 class="side__title"><xsl:value-of select="t:text(concat('menu.group.', @id))"/></h2>
				</xsl:if>
				<ul class="plain"><xsl:apply-templates select="item"/></ul>
			</div>
		</xsl:for-each>
	</t:fragment>
</xsl:template>

<xsl:template match="menu/group/item">
	<li>
		<a href="{@href}">
			<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
			<xsl:call-template name="icon"><xsl:with-param name="name" select="@icon"/></xsl:call-template>
			<xsl:value-of select="t:text(concat('menu.', @id))"/>
			<xsl:if test="@count &gt; 0">
				<span class="count">
					<xsl:value-of select="@count"/>
					<span class="sr"><xsl:value-of select="concat(' ', t:text('menu.count'))"/></span>
				</span>
			</xsl:if>
		</a>
	</li>
</xsl:template>

<xsl:template match="user">
	<t:fragment with="/page/@portal" passes="@name | @email | @key | /page/@csrf">
		<details class="usermenu">
			<summary class="top__link">
				<xsl:call-template name="icon"><xsl:with-param name="name">user</xsl:with-param></xsl:call-template>
				<span class="lbl"><xsl:value-of select="@name"/></span>
				<xsl:call-template name="icon"><xsl:with-param name="name">chevron-down</xsl:with-param></xsl:call-template>
			</summary>
			<div>
				<p>
					<span class="strong"><xsl:value-of select="@name"/></span><br/>
					<xsl:if test="@role">
						<xsl:value-of select="t:text(concat('role.', /page/@portal, '.', @role))"/><br/>
					</xsl:if>
					<span class="muted"><xsl:value-of select="@email"/></span>
				</p>
				<a href="/account">
					<xsl:call-template name="icon"><xsl:with-param name="name">user</xsl:with-param></xsl:call-template>
					<xsl:choose>
						<xsl:when test="/page/@portal = 'professional'"><xsl:value-of select="t:text('user.account.professional')"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="t:text('user.account')"/></xsl:otherwise>
					</xsl:choose>
				</a>
				<form method="post" action="/logout">
					<xsl:call-template name="form-tokens"><xsl:with-param name="key" select="@key"/></xsl:call-template>
					<button>
						<xsl:call-template name="icon"><xsl:with-param name="name">log-out</xsl:with-param></xsl:call-template>
						<xsl:value-of select="t:text('user.logout')"/>
					</button>
				</form>
			</div>
		</details>
	</t:fragment>
</xsl:template>

</xsl:stylesheet>
