<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes C of fcgi/access/rights.xml: xsltproc with stringparam out=header
     (enums of portals, roles and rights) or out=source (their tables). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
	<xsl:output method="text"/>
	<xsl:param name="out" select="'header'"/>
	<xsl:key name="right" match="right" use="@id"/>
	<xsl:key name="role" match="role" use="concat(../@id, '.', @id)"/>

	<xsl:template match="/">
		<xsl:apply-templates mode="check" select="//right|//role|//grant"/>
		<xsl:text>/* Made by tools/rights.xsl; edit fcgi/access/rights.xml. */&#10;</xsl:text>
		<xsl:choose>
			<xsl:when test="$out = 'header'">
				<xsl:apply-templates select="rights" mode="header"/>
			</xsl:when>
			<xsl:otherwise>
				<xsl:apply-templates select="rights" mode="source"/>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="rights" mode="header">
		<xsl:text>#ifndef GEN_RIGHTS_H&#10;#define GEN_RIGHTS_H&#10;&#10;#include &lt;stdbool.h&gt;&#10;&#10;enum portal {&#10;</xsl:text>
		<xsl:apply-templates select="portal" mode="enum"/>
		<xsl:text>	PORTAL_COUNT&#10;};&#10;&#10;enum role {&#10;</xsl:text>
		<xsl:apply-templates select="portal/role" mode="enum"/>
		<xsl:text>	ROLE_COUNT&#10;};&#10;&#10;enum right {&#10;	RIGHT_NONE,&#10;	RIGHT_PUBLIC,&#10;	RIGHT_SIGNED_IN,&#10;</xsl:text>
		<xsl:apply-templates select="right" mode="enum"/>
		<xsl:text>	RIGHT_COUNT
};

struct role_text {
	enum portal portal;
	const char *id;
};

/* NONE is nobody's: what names no right is closed. PUBLIC and SIGNED_IN are
 * granted to no role: they ask for none. */
struct right_text {
	const char *id;
	bool granted[ROLE_COUNT];
};

extern const char *const portal_ids[PORTAL_COUNT];
extern const struct role_text role_texts[ROLE_COUNT];
extern const struct right_text right_texts[RIGHT_COUNT];

#endif
</xsl:text>
	</xsl:template>

	<xsl:template match="rights" mode="source">
		<xsl:text>#include "gen/rights.h"&#10;&#10;const char *const portal_ids[PORTAL_COUNT] = {&#10;</xsl:text>
		<xsl:for-each select="portal">
			<xsl:value-of select="concat('&#9;&quot;', @id, '&quot;,&#10;')"/>
		</xsl:for-each>
		<xsl:text>};&#10;&#10;const struct role_text role_texts[ROLE_COUNT] = {&#10;</xsl:text>
		<xsl:for-each select="portal/role">
			<xsl:text>	{PORTAL_</xsl:text>
			<xsl:call-template name="upper">
				<xsl:with-param name="id" select="../@id"/>
			</xsl:call-template>
			<xsl:value-of select="concat(', &quot;', @id, '&quot;},&#10;')"/>
		</xsl:for-each>
		<xsl:text>};&#10;&#10;const struct right_text right_texts[RIGHT_COUNT] = {&#10;	{"", {0}},&#10;	{"public", {0}},&#10;	{"signed.in", {0}},&#10;</xsl:text>
		<xsl:apply-templates select="right" mode="row"/>
		<xsl:text>};&#10;</xsl:text>
	</xsl:template>

	<xsl:template match="portal" mode="enum">
		<xsl:text>	PORTAL_</xsl:text>
		<xsl:call-template name="upper"/>
		<xsl:text>,&#10;</xsl:text>
	</xsl:template>

	<xsl:template match="role" mode="enum">
		<xsl:text>	ROLE_</xsl:text>
		<xsl:call-template name="upper">
			<xsl:with-param name="id" select="concat(../@id, '.', @id)"/>
		</xsl:call-template>
		<xsl:text>,&#10;</xsl:text>
	</xsl:template>

	<xsl:template match="right" mode="enum">
		<xsl:text>	RIGHT_</xsl:text>
		<xsl:call-template name="upper"/>
		<xsl:text>,&#10;</xsl:text>
	</xsl:template>

	<!-- One right: which roles hold it, in the order of enum role. -->
	<xsl:template match="right" mode="row">
		<xsl:variable name="grants" select="grant"/>
		<xsl:value-of select="concat('&#9;{&quot;', @id, '&quot;, {')"/>
		<xsl:for-each select="../portal/role">
			<xsl:variable name="id" select="concat(' ', @id, ' ')"/>
			<xsl:value-of select="number(boolean($grants[@portal = current()/../@id]
				[contains(concat(' ', normalize-space(@roles), ' '), $id)]))"/>
			<xsl:if test="position() != last()">, </xsl:if>
		</xsl:for-each>
		<xsl:text>}},&#10;</xsl:text>
	</xsl:template>

	<xsl:template name="upper">
		<xsl:param name="id" select="@id"/>
		<xsl:value-of select="translate($id, 'abcdefghijklmnopqrstuvwxyz.-',
			'ABCDEFGHIJKLMNOPQRSTUVWXYZ__')"/>
	</xsl:template>

	<xsl:template match="right" mode="check">
		<xsl:if test="count(key('right', @id)) &gt; 1">
			<xsl:message terminate="yes">right <xsl:value-of select="@id"/> stands twice</xsl:message>
		</xsl:if>
	</xsl:template>

	<xsl:template match="role" mode="check">
		<xsl:if test="count(key('role', concat(../@id, '.', @id))) &gt; 1">
			<xsl:message terminate="yes">role <xsl:value-of select="@id"/> stands twice</xsl:message>
		</xsl:if>
	</xsl:template>

	<xsl:template match="grant" mode="check">
		<xsl:call-template name="known">
			<xsl:with-param name="roles" select="concat(normalize-space(@roles), ' ')"/>
		</xsl:call-template>
	</xsl:template>

	<!-- Every role a grant names must be one of its portal. -->
	<xsl:template name="known">
		<xsl:param name="roles"/>
		<xsl:variable name="first" select="substring-before($roles, ' ')"/>
		<xsl:if test="$first != ''">
			<xsl:if test="not(key('role', concat(@portal, '.', $first)))">
				<xsl:message terminate="yes">right <xsl:value-of select="../@id"/>:
					no role <xsl:value-of select="concat(@portal, ' ', $first)"/></xsl:message>
			</xsl:if>
			<xsl:call-template name="known">
				<xsl:with-param name="roles" select="substring-after($roles, ' ')"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>
</xsl:stylesheet>
