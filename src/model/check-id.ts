// The id of every check of `verify`, by level. An id stays what it is; `docs/public-surface.md` lists them.

type ProjectCheckId =
	| 'project.adapter'
	| 'project.address'
	| 'project.blueprint'
	| 'project.client'
	| 'project.default-export'
	| 'project.entry'
	| 'project.entry-only'
	| 'project.env-ignored'
	| 'project.listener'
	| 'project.marker'
	| 'project.named-exports'
	| 'project.node'
	| 'project.runtime-copies'
	| 'project.target'
	| 'project.text'
	| 'project.variable'
	| 'project.variable-built-server'
	| 'project.variable-flue-dev'
	| 'project.variable-flue-run'
	| 'project.variable-vite-dev';

type ServerCheckId =
	| 'server.answer'
	| 'server.auth'
	| 'server.client'
	| 'server.cluster'
	| 'server.commands'
	| 'server.database'
	| 'server.dns'
	| 'server.eviction'
	| 'server.loading'
	| 'server.memory'
	| 'server.namespace'
	| 'server.permissions'
	| 'server.persistence'
	| 'server.persistence-health'
	| 'server.product'
	| 'server.role'
	| 'server.tcp'
	| 'server.timeout'
	| 'server.tls'
	| 'server.version'
	| 'server.writes';

export type DrillCheckId =
	| 'drill.clean'
	| 'drill.connect'
	| 'drill.load'
	| 'drill.loss.aof-always'
	| 'drill.loss.aof-everysec'
	| 'drill.loss.nothing'
	| 'drill.loss.snapshots'
	| 'drill.migrate'
	| 'drill.node'
	| 'drill.restart'
	| 'drill.server'
	| 'drill.start';

export type CheckId = ProjectCheckId | ServerCheckId | DrillCheckId;
