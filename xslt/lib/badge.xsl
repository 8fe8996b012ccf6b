<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	A state: words, icon and colour, never colour alone. A set that has no
	entry here is drawn as plain words.
-->
<xsl:template name="badge">
	<xsl:param name="set"/>
	<xsl:param name="state"/>
	<xsl:variable name="look">
		<xsl:choose>
			<xsl:when test="$set = 'request.state'"><xsl:call-template name="look-request"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'aid.status'"><xsl:call-template name="look-aid"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'request.late'"><xsl:call-template name="look-late"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'inspection.due' or $set = 'inspection.result'"><xsl:call-template name="look-inspection"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'export.state'"><xsl:call-template name="look-export"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'location-change.state'"><xsl:call-template name="look-change"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'organisation.state' or $set = 'contract.state' or $set = 'membership.state' or $set = 'mechanic.state'"><xsl:call-template name="look-customer"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'account.state'"><xsl:call-template name="look-account"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'request.outcome'"><xsl:call-template name="look-outcome"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
			<xsl:when test="$set = 'message.unread' and $state = 'new'"><xsl:text>info message-square</xsl:text></xsl:when>
			<xsl:when test="$set = 'audit.outcome'"><xsl:call-template name="look-audit"><xsl:with-param name="state" select="$state"/></xsl:call-template></xsl:when>
		</xsl:choose>
	</xsl:variable>
	<xsl:variable name="words" select="t:value('state', $state, string($set))"/>
	<xsl:choose>
		<xsl:when test="$look = ''"><xsl:value-of select="$words"/></xsl:when>
		<xsl:otherwise>
			<span class="badge badge--{substring-before($look, ' ')}">
				<xsl:call-template name="icon"><xsl:with-param name="name" select="substring-after($look, ' ')"/></xsl:call-template>
				<xsl:value-of select="$words"/>
			</span>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-request">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'awaiting_approval'"><xsl:text>warn hourglass</xsl:text></xsl:when>
		<xsl:when test="$state = 'awaiting_signature'"><xsl:text>warn pen-line</xsl:text></xsl:when>
		<xsl:when test="$state = 'proposed'"><xsl:text>warn calendar</xsl:text></xsl:when>
		<xsl:when test="$state = 'on_hold'"><xsl:text>warn pause</xsl:text></xsl:when>
		<xsl:when test="$state = 'submitted'"><xsl:text>info send</xsl:text></xsl:when>
		<xsl:when test="$state = 'accepted'"><xsl:text>info clock</xsl:text></xsl:when>
		<xsl:when test="$state = 'planned' or $state = 'own_planned'"><xsl:text>info calendar</xsl:text></xsl:when>
		<xsl:when test="$state = 'in_progress'"><xsl:text>info wrench</xsl:text></xsl:when>
		<xsl:when test="$state = 'done'"><xsl:text>ok circle-check</xsl:text></xsl:when>
		<xsl:when test="$state = 'rejected' or $state = 'signature_refused'"><xsl:text>bad circle-x</xsl:text></xsl:when>
		<xsl:when test="$state = 'draft'"><xsl:text>rest file-pen</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest ban</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-late">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'late'"><xsl:text>bad triangle-alert</xsl:text></xsl:when>
		<xsl:when test="$state = 'today'"><xsl:text>warn clock</xsl:text></xsl:when>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-outcome">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'could_not'"><xsl:text>warn circle-alert</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>ok circle-check</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- When it is due, and how it ended. -->
<xsl:template name="look-inspection">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'overdue'"><xsl:text>bad triangle-alert</xsl:text></xsl:when>
		<xsl:when test="$state = 'soon'"><xsl:text>warn clock</xsl:text></xsl:when>
		<xsl:when test="$state = 'later' or $state = 'approved'"><xsl:text>ok check</xsl:text></xsl:when>
		<xsl:when test="$state = 'remarks'"><xsl:text>warn circle-alert</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>bad ban</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-aid">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'in_use'"><xsl:text>ok check</xsl:text></xsl:when>
		<xsl:when test="$state = 'in_transport'"><xsl:text>info truck</xsl:text></xsl:when>
		<xsl:when test="$state = 'in_cleaning'"><xsl:text>warn rotate-ccw</xsl:text></xsl:when>
		<xsl:when test="$state = 'in_repair'"><xsl:text>warn wrench</xsl:text></xsl:when>
		<xsl:when test="$state = 'out_of_service'"><xsl:text>bad triangle-alert</xsl:text></xsl:when>
		<xsl:when test="$state = 'in_depot'"><xsl:text>rest warehouse</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest archive</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-export">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'ready'"><xsl:text>ok circle-check</xsl:text></xsl:when>
		<xsl:when test="$state = 'failed'"><xsl:text>bad circle-x</xsl:text></xsl:when>
		<xsl:when test="$state = 'drawing'"><xsl:text>info repeat</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest hourglass</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-change">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'asked'"><xsl:text>warn hourglass</xsl:text></xsl:when>
		<xsl:when test="$state = 'done'"><xsl:text>ok circle-check</xsl:text></xsl:when>
		<xsl:when test="$state = 'declined'"><xsl:text>bad circle-x</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest ban</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Organisations and their contracts. -->
<xsl:template name="look-customer">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'active' or $state = 'running'"><xsl:text>ok check</xsl:text></xsl:when>
		<xsl:when test="$state = 'coming'"><xsl:text>info calendar</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest archive</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-audit">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'ok'"><xsl:text>rest check</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>bad ban</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="look-account">
	<xsl:param name="state"/>
	<xsl:choose>
		<xsl:when test="$state = 'active'"><xsl:text>ok check</xsl:text></xsl:when>
		<xsl:when test="$state = 'invited'"><xsl:text>info mail</xsl:text></xsl:when>
		<xsl:when test="$state = 'deactivated'"><xsl:text>warn pause</xsl:text></xsl:when>
		<xsl:otherwise><xsl:text>rest archive</xsl:text></xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
