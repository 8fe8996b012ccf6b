<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- A day's work by mechanic: made for the phone in the van. -->

<xsl:template match="rounds">
	<div class="stack">
		<div class="cal__head">
			<h2><xsl:value-of select="t:value('date-long', @date)"/></h2>
			<xsl:call-template name="steps"><xsl:with-param name="view">day</xsl:with-param></xsl:call-template>
		</div>
		<nav class="pills" aria-label="{t:text('rounds.mechanics')}">
			<ul class="plain">
				<xsl:for-each select="mechanic">
					<li>
						<a class="chip" href="{@href}">
							<xsl:if test="@current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
							<xsl:choose>
								<xsl:when test="@name"><xsl:value-of select="@name"/></xsl:when>
								<xsl:when test="@id = 'none'"><xsl:value-of select="t:text('mechanic.nobody')"/></xsl:when>
								<xsl:otherwise><xsl:value-of select="t:text('rounds.all')"/></xsl:otherwise>
							</xsl:choose>
						</a>
					</li>
				</xsl:for-each>
			</ul>
			<xsl:if test="@pdf">
				<a class="btn btn--quiet" href="{@pdf}">
					<xsl:call-template name="icon"><xsl:with-param name="name">file-text</xsl:with-param></xsl:call-template>
					<xsl:value-of select="t:text('rounds.pdf')"/>
				</a>
			</xsl:if>
		</nav>
		<xsl:if test="@off"><p class="cal__off"><xsl:value-of select="t:text(concat('day.off.', @off))"/></p></xsl:if>
		<xsl:if test="@cut"><p class="hint"><xsl:value-of select="t:text('rounds.cut')"/></p></xsl:if>
		<xsl:choose>
			<xsl:when test="round"><xsl:apply-templates select="round"/></xsl:when>
			<xsl:otherwise><xsl:call-template name="round-empty"/></xsl:otherwise>
		</xsl:choose>
	</div>
</xsl:template>

<!-- What each has on a day that is to be chosen, and the way to it. -->
<xsl:template match="busy">
	<xsl:call-template name="panel">
		<xsl:with-param name="content">
			<dl class="facts"><xsl:apply-templates select="mechanic"/></dl>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="busy/mechanic">
	<div>
		<dt><xsl:value-of select="@name"/></dt>
		<dd>
			<xsl:choose>
				<xsl:when test="@morning + @afternoon + @day = 0"><xsl:value-of select="t:text('busy.none')"/></xsl:when>
				<xsl:otherwise>
					<a href="{@href}">
						<span class="sr"><xsl:value-of select="concat(@name, ': ')"/></span>
						<xsl:for-each select="(@morning | @afternoon | @day)[. != 0]">
							<xsl:if test="position() != 1"><xsl:text>, </xsl:text></xsl:if>
							<xsl:value-of select="t:text(concat('busy.', local-name()), string(.))"/>
						</xsl:for-each>
					</a>
				</xsl:otherwise>
			</xsl:choose>
		</dd>
	</div>
</xsl:template>

<xsl:template name="round-empty">
	<div class="empty">
		<xsl:call-template name="icon"><xsl:with-param name="name">calendar-days</xsl:with-param></xsl:call-template>
		<p><xsl:value-of select="t:text('rounds.empty')"/></p>
	</div>
</xsl:template>

<xsl:template match="round">
	<section class="section round" aria-labelledby="round-{position()}">
		<div class="round__head">
			<h2 id="round-{position()}"><xsl:call-template name="mechanic-words"/></h2>
			<xsl:if test="@phone"><a class="nowrap" href="{t:tel(@phone)}"><xsl:value-of select="t:phone(@phone)"/></a></xsl:if>
			<span class="hint">
				<xsl:choose>
					<xsl:when test="count(job) = 1"><xsl:value-of select="t:text('rounds.job')"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:text('rounds.jobs', count(job))"/></xsl:otherwise>
				</xsl:choose>
			</span>
			<xsl:if test="@pdf and count(../round) &gt; 1">
				<a class="round__pdf" href="{@pdf}"><xsl:value-of select="t:text('export.pdf')"/><span class="sr"><xsl:text> </xsl:text><xsl:call-template name="mechanic-words"/></span></a>
			</xsl:if>
		</div>
		<xsl:choose>
			<xsl:when test="job"><ol class="plain jobs"><xsl:apply-templates select="job"/></ol></xsl:when>
			<xsl:otherwise><xsl:call-template name="round-empty"/></xsl:otherwise>
		</xsl:choose>
	</section>
</xsl:template>

<xsl:template match="job">
	<li class="job">
		<div class="job__head">
			<h3><a href="{@href}"><xsl:value-of select="t:text(concat('request.kind.', @kind))"/><xsl:text> </xsl:text><span class="code"><xsl:value-of select="t:code(@number)"/></span></a></h3>
			<xsl:call-template name="badge">
				<xsl:with-param name="set">request.state</xsl:with-param>
				<xsl:with-param name="state" select="@state"/>
			</xsl:call-template>
		</div>
		<xsl:if test="@part"><p class="job__part"><xsl:value-of select="t:text(concat('request.part.', @part))"/></p></xsl:if>
		<dl class="job__facts">
			<xsl:for-each select="item">
				<div class="job__{@name}">
					<dt><xsl:value-of select="t:text(concat('rounds.', @name))"/></dt>
					<dd><xsl:call-template name="value"/></dd>
				</div>
			</xsl:for-each>
			<xsl:if test="aid">
				<div class="job__aids">
					<dt><xsl:value-of select="t:text('rounds.aids')"/></dt>
					<xsl:for-each select="aid">
						<dd><xsl:value-of select="@type"/><xsl:if test="@number"><xsl:text> </xsl:text><span class="code"><xsl:value-of select="t:code(@number)"/></span></xsl:if></dd>
					</xsl:for-each>
				</div>
			</xsl:if>
		</dl>
		<xsl:if test="action"><div class="actions"><xsl:apply-templates select="action"/></div></xsl:if>
	</li>
</xsl:template>

</xsl:stylesheet>
