<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!--
	Pages of a list, and how many rows each has. Where rows can be ticked each
	link has a button beside it, shown in its place where there is no script:
	it takes along what is ticked (select.xsl).
-->

<xsl:template match="pager">
	<xsl:if test="@pages &gt; 1 or previous or next or ../rows/@total &gt; size[1]/@n">
		<t:fragment with="../@id | ../@select" passes="*/@href | */@value">
			<nav class="pager" aria-label="{t:text('nav.pages')}">
				<xsl:if test="size">
					<ul class="sizes">
						<li class="muted"><xsl:value-of select="t:text('pager.size')"/></li>
						<xsl:apply-templates select="size"/>
					</ul>
				</xsl:if>
				<ul class="pages">
					<xsl:apply-templates select="previous"/>
					<xsl:apply-templates select="page | gap"/>
					<xsl:apply-templates select="next"/>
				</ul>
				<!-- After the buttons: of two the first counts. -->
				<xsl:if test="../@select and size[@current = 'yes']/@n != size[1]/@n"><input type="hidden" form="pick-{../@id}" name="size" value="{@size}"/></xsl:if>
			</nav>
		</t:fragment>
	</xsl:if>
</xsl:template>

<xsl:template match="size">
	<li>
		<xsl:call-template name="turn">
			<xsl:with-param name="name">size</xsl:with-param>
			<xsl:with-param name="value" select="@n"/>
			<xsl:with-param name="current">true</xsl:with-param>
		</xsl:call-template>
	</li>
</xsl:template>

<!-- A phone shows the first, the last and the neighbours of the current. -->
<xsl:template match="pager/page">
	<xsl:variable name="away" select="@n - ../@page"/>
	<li>
		<xsl:if test="($away &gt; 1 or $away &lt; -1) and @n != 1 and @n != ../@pages"><xsl:attribute name="class">far</xsl:attribute></xsl:if>
		<xsl:call-template name="turn">
			<xsl:with-param name="value" select="@n"/>
			<xsl:with-param name="current">page</xsl:with-param>
		</xsl:call-template>
	</li>
</xsl:template>

<xsl:template match="gap"><li><span class="gap"><xsl:text>…</xsl:text></span></li></xsl:template>

<xsl:template match="previous">
	<li>
		<xsl:call-template name="turn">
			<xsl:with-param name="value" select="../@page - 1"/>
			<xsl:with-param name="rel">prev</xsl:with-param>
		</xsl:call-template>
	</li>
</xsl:template>

<xsl:template match="next">
	<li>
		<xsl:call-template name="turn">
			<xsl:with-param name="value" select="../@page + 1"/>
			<xsl:with-param name="rel">next</xsl:with-param>
		</xsl:call-template>
	</li>
</xsl:template>

<!-- To another page, by its number; where there is none, by its own name and
	value. -->
<xsl:template name="turn">
	<xsl:param name="name">page</xsl:param>
	<xsl:param name="value"/>
	<xsl:param name="rel"/>
	<xsl:param name="current"/>
	<a href="{@href}">
		<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current"><xsl:value-of select="$current"/></xsl:attribute></xsl:if>
		<xsl:if test="$rel != ''"><xsl:attribute name="rel"><xsl:value-of select="$rel"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="words"/>
	</a>
	<xsl:if test="../../@select">
		<button form="pick-{../../@id}" name="{$name}" value="{$value}">
			<xsl:if test="@name"><xsl:copy-of select="@name | @value"/></xsl:if>
			<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current"><xsl:value-of select="$current"/></xsl:attribute></xsl:if>
			<xsl:apply-templates select="." mode="words"/>
		</button>
	</xsl:if>
</xsl:template>

<xsl:template match="size" mode="words">
	<xsl:value-of select="@n"/>
	<span class="sr"><xsl:value-of select="concat(' ', t:text('pager.size.rows'))"/></span>
</xsl:template>

<xsl:template match="pager/page" mode="words">
	<span class="sr"><xsl:value-of select="concat(t:text('pager.page'), ' ')"/></span>
	<xsl:value-of select="@n"/>
</xsl:template>

<xsl:template match="previous" mode="words">
	<xsl:call-template name="icon"><xsl:with-param name="name">chevron-left</xsl:with-param></xsl:call-template>
	<xsl:value-of select="t:text('pager.previous')"/>
</xsl:template>

<xsl:template match="next" mode="words">
	<xsl:value-of select="t:text('pager.next')"/>
	<xsl:call-template name="icon"><xsl:with-param name="name">chevron-right</xsl:with-param></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
