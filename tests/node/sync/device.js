'use strict'
// One virtual phone: WatermelonDB 0.28 itself, headless on LokiJS. Not ours but for this file.
const { randomBytes } = require('node:crypto')
const { Database, Model, appSchema, tableSchema } = require('@nozbe/watermelondb')
const LokiJSAdapter = require('@nozbe/watermelondb/adapters/lokijs').default
const migrationsOf = require('@nozbe/watermelondb/Schema/migrations')
const { synchronize, hasUnsyncedChanges } = require('@nozbe/watermelondb/sync')
const { setGenerator } = require('@nozbe/watermelondb/utils/common/randomId')
const { LokiMemoryAdapter } = require('lokijs')
const pg = require('pg')

require('@nozbe/watermelondb/utils/common/logger').default.silence()

const world = JSON.parse(process.env.COACH_WORLD) // what tests/sync/conftest.py has set up

function uuid7() {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join('-')
}
setGenerator(uuid7)

const words = (type, names) => names.map(name => ({ name, type, isOptional: true }))
const TABLES = {
  sessions: [
    ...words('string', ['name', 'on', 'state']),
    ...words('number', ['started_at', 'finished_at', 'rev']),
    ...words('boolean', ['paused']),
  ],
  set_logs: [
    ...words('string', ['session_id', 'exercise_id', 'slot', 'kind', 'weight_unit', 'end_reason']),
    ...words('string', ['checklist', 'zone', 'prescription_hash']),
    ...words('number', ['set_index', 'reps', 'seconds', 'weight', 'weight_kg', 'rir', 'rev']),
    ...words('number', ['performed_at']),
  ],
  symptom_reports: [
    ...words('string', ['said', 'zone', 'level', 'words', 'seen_by']),
    ...words('number', ['performed_at', 'received_at', 'seen_at', 'rev']),
    ...words('boolean', ['open']),
  ],
}
// The app's second version has got one column more.
const ADDED = { set_logs: words('string', ['note']) }

class Conflict extends Error {}

function device({ token = world.noor.token, memory = new LokiMemoryAdapter(), version = 2 } = {}) {
  const tables = Object.entries(TABLES).map(([name, columns]) =>
    tableSchema({ name, columns: version < 2 ? columns : [...columns, ...(ADDED[name] || [])] }),
  )
  const added = Object.entries(ADDED).map(([table, columns]) =>
    migrationsOf.addColumns({ table, columns }),
  )
  const steps = version < 2 ? [] : [{ toVersion: 2, steps: added }]
  const adapter = new LokiJSAdapter({
    schema: appSchema({ version, tables }),
    migrations: migrationsOf.schemaMigrations({ migrations: steps }),
    dbName: 'phone',
    useWebWorker: false,
    useIncrementalIndexedDB: true,
    _testLokiAdapter: memory,
    extraLokiOptions: { autosave: false },
  })
  const modelClasses = Object.keys(TABLES).map(
    table => Object.assign(class extends Model {}, { table }),
  )
  const db = new Database({ adapter, modelClasses })
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const seen = { pulls: [], pushes: [] }

  async function pullChanges({ lastPulledAt, schemaVersion, migration }) {
    const query = `last_pulled_at=${lastPulledAt}&schema_version=${schemaVersion}`
    const asked = `${query}&migration=${encodeURIComponent(JSON.stringify(migration))}`
    const answer = await fetch(`${world.base}/v1/sync?${asked}`, { headers })
    const body = await answer.json()
    if (!answer.ok) throw new Error(`pull: ${answer.status} ${JSON.stringify(body)}`)
    seen.pulls.push(body)
    return body
  }

  const pushing = hooks => async ({ changes, lastPulledAt }) => {
    if (hooks.beforePush) await hooks.beforePush()
    const answer = await fetch(`${world.base}/v1/sync?last_pulled_at=${lastPulledAt}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(changes),
    })
    const body = await answer.json()
    seen.pushes.push({ status: answer.status, body })
    if (answer.status === 409) throw new Conflict(body.detail)
    if (!answer.ok) throw new Error(`push: ${answer.status} ${JSON.stringify(body)}`)
    if (hooks.afterPush) await hooks.afterPush()
  }

  // As an app does: pull, push, and again when something changed in between.
  async function sync(hooks = {}) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await synchronize({
          database: db,
          sendCreatedAsUpdated: true,
          migrationsEnabledAtVersion: 1,
          pullChanges,
          pushChanges: pushing(attempt === 1 ? hooks : {}),
        })
        return attempt
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === 3) throw error
      }
    }
  }

  const find = (table, id) => db.get(table).find(id)
  return {
    db,
    memory,
    seen,
    sync,
    // A set of hip thrusts in the basement.
    log: (more = {}) =>
      db.write(() =>
        db.get('set_logs').create(row => {
          for (const [key, value] of Object.entries({ ...world.set, ...more }))
            row._setRaw(key, value)
        }),
      ),
    says: said =>
      db.write(() =>
        db.get('symptom_reports').create(row => {
          row._setRaw('said', JSON.stringify(said))
          row._setRaw('performed_at', world.set.performed_at)
          row._setRaw('zone', world.set.zone)
        }),
      ),
    edit: async (id, changes, table = 'set_logs') => {
      const row = await find(table, id)
      await db.write(() =>
        row.update(() => Object.entries(changes).forEach(([k, v]) => row._setRaw(k, v))),
      )
    },
    remove: async id => {
      const row = await find('set_logs', id)
      await db.write(() => row.markAsDeleted())
    },
    row: async (id, table = 'set_logs') => {
      const found = await db.get(table).query().fetch()
      return found.find(row => row.id === id)?._raw
    },
    rows: async (table = 'set_logs') => {
      const found = await db.get(table).query().fetch()
      return new Map(found.map(row => [row.id, row._raw]))
    },
    dirty: () => hasUnsyncedChanges({ database: db }),
  }
}

// A second connection plays coach, Celery, operator and the long transaction.
async function someone() {
  const link = new pg.Client({ connectionString: world.database })
  await link.connect()
  return link
}

async function ask(statement, values = []) {
  const link = await someone()
  try {
    return (await link.query(statement, values)).rows
  } finally {
    await link.end()
  }
}

const held = async id => (await ask('SELECT * FROM clients_set_log WHERE id = $1', [id]))[0]

module.exports = { device, someone, ask, held, world, Conflict }
