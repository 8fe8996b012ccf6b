<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!-- Pages of a list, and how many rows each has. -->

<xsl:template match="pager">
	<xsl:if test="@pages &gt; 1 or previous or next or ../rows/@total &gt; size[1]/@n">
		<t:fragment passes="*/@href">
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
			</nav>
		</t:fragment>
	</xsl:if>
</xsl:template>

<xsl:template match="size">
	<li>
		<a href="{@href}">
			<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
			<xsl:value-of select="@n"/>
			<span class="sr"><xsl:value-of select="concat(' ', t:text('pager.size.rows'))"/></span>
		</a>
	</li>
</xsl:template>

<!-- A phone shows the first, the last and the neighbours of the current. -->
<xsl:template match="pager/page">
	<xsl:variable name="away" select="@n - ../@page"/>
	<li>
		<xsl:if test="($away &gt; 1 or $away &lt; -1) and @n != 1 and @n != ../@pages"><xsl:attribute name="class">far</xsl:attribute></xsl:if>
		<a href="{@href}">
			<xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
			<span class="sr"><xsl:value-of select="concat(t:text('pager.page'), ' ')"/></span>
			<xsl:value-of select="@n"/>
		</a>
	</li>
</xsl:template>

<xsl:template match="gap"><li><span class="gap"><xsl:text>…</xsl:text></span></li></xsl:template>

<xsl:template match="previous">
	<li>
		<a href="{@href}" rel="prev">
			<xsl:call-template name="icon"><xsl:with-param name="name">chevron-left</xsl:with-param></xsl:call-template>
			<xsl:value-of select="t:text('pager.previous')"/>
		</a>
	</li>
</xsl:template>

<xsl:template match="next">
	<li>
		<a href="{@href}" rel="next">
			<xsl:value-of select="t:text('pager.next')"/>
			<xsl:call-template name="icon"><xsl:with-param name="name">chevron-right</xsl:with-param></xsl:call-template>
		</a>
	</li>
</xsl:template>

</xsl:stylesheet>
