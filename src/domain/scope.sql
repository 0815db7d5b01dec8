-- What an actor may see, once for all records. scope_lo and scope_hi bound the region prefix;
-- own names the predicate of a role with own records only; actor is the account, subject the
-- partner, enterprise or park that the role row names. reader says up to which grade, fixed with the
-- session: -1 OPEN, 0 INTERNAL, from 1 SEALED, and then it is the account, which must be a named person
-- of what is sealed.

-- The grade alone.
-- fragment: cleared_project
(:reader >= 0 OR p.secrecy = 'OPEN')
AND (p.secrecy <> 'SEALED' OR EXISTS (SELECT 1 FROM record_acl named
      WHERE named.record_kind = 'project' AND named.record_id = p.id AND named.account_id = :reader))

-- fragment: cleared_lead
(:reader >= 0 OR l.secrecy = 'OPEN')
AND (l.secrecy <> 'SEALED' OR EXISTS (SELECT 1 FROM record_acl named
      WHERE named.record_kind = 'lead' AND named.record_id = l.id AND named.account_id = :reader))

-- A file's own mark; without one its project's grade holds, which is asked as well wherever this is.
-- fragment: cleared_file
g.secrecy IS NULL
OR ((:reader >= 0 OR g.secrecy = 'OPEN')
    AND (g.secrecy <> 'SEALED' OR EXISTS (SELECT 1 FROM record_acl named
          WHERE named.record_kind = 'evidence' AND named.record_id = g.id AND named.account_id = :reader)))

-- IS TRUE keeps a query from taking the range for its way in: it would sort every row of the region to
-- find the newest (0002_list_order.sql). Lists of one county ask for county_code as well.
-- fragment: may_see_project
p.deleted_at_ms IS NULL
AND (p.region_code >= :scope_lo) IS TRUE AND (p.region_code < :scope_hi) IS TRUE
AND (:own = ''
     OR (:own = 'OFFICER' AND p.officer_id = :actor)
     OR (:own = 'PARTNER' AND p.partner_id = :subject)
     OR (:own = 'PARK' AND p.park_id = :subject)
     OR (:own = 'ENTERPRISE' AND EXISTS (SELECT 1 FROM project_party own_party
           WHERE own_party.project_id = p.id AND own_party.investor_id = :subject
             AND own_party.deleted_at_ms IS NULL)))
AND {cleared_project}

-- fragment: may_see_lead
l.deleted_at_ms IS NULL
AND l.region_code >= :scope_lo AND l.region_code < :scope_hi
AND (:own = '' OR (:own = 'PARTNER' AND :actor > 0 AND l.partner_id = :subject))
AND {cleared_lead}

-- An investor belongs to the unit that keeps it; who sees one of its projects sees it too.
-- fragment: may_see_investor
i.deleted_at_ms IS NULL
AND ((:own = '' AND i.region_code >= :scope_lo AND i.region_code < :scope_hi)
     OR EXISTS (SELECT 1 FROM project_party seen JOIN project p ON p.id = seen.project_id
           WHERE seen.investor_id = i.id AND seen.deleted_at_ms IS NULL AND {may_see_project}))

-- fragment: may_see_contact
c.deleted_at_ms IS NULL
AND ((c.owner_kind = 'PROJECT' AND EXISTS (SELECT 1 FROM project p WHERE p.id = c.owner_id AND {may_see_project}))
     OR (c.owner_kind = 'INVESTOR' AND EXISTS (SELECT 1 FROM investor i WHERE i.id = c.owner_id AND {may_see_investor}))
     OR (c.owner_kind = 'LEAD' AND EXISTS (SELECT 1 FROM lead l WHERE l.id = c.owner_id AND {may_see_lead})))

-- fragment: may_see_file
g.deleted_at_ms IS NULL AND {cleared_file} AND {may_see_project}

-- fragment: may_see_talk
t.deleted_at_ms IS NULL
AND (EXISTS (SELECT 1 FROM project p WHERE p.id = t.project_id AND {may_see_project})
     OR EXISTS (SELECT 1 FROM lead l WHERE l.id = t.lead_id AND {may_see_lead}))

-- fragment: city_wide
-- Records of the city as a whole (accounts, audit): the right to read them is enough, wherever the
-- role's region is. A role with own records only sees none of them.
:own = '' AND :scope_lo <= :scope_hi AND :actor >= 0 AND :subject >= 0 AND :reader >= -1
