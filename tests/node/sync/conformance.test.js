'use strict'
// What a phone may rely on, tried with a client that is not ours (docs/adr/0013).
const test = require('node:test')
const assert = require('node:assert/strict')
const { device, someone, ask, held, world } = require('./device')

// Two phones of one person, both up to date.
async function twoPhones() {
  const phones = [device(), device()]
  for (const phone of phones) await phone.sync()
  return phones
}

// A set that both phones have.
async function sharedSet(one, other) {
  const { id } = await one.log()
  await one.sync()
  await other.sync()
  return id
}

test('a set logged offline reaches the other phone', async () => {
  const [one, other] = await twoPhones()
  const { id } = await one.log({ reps: 9, note: 'heavy' })
  await one.sync()
  await other.sync()
  const row = await other.row(id)
  assert.deepEqual([row.reps, row.note, row.rev, row._status], [9, 'heavy', 1, 'synced'])
  assert.equal((await other.row(row.session_id, 'sessions')).state, 'started')
})

test('two phones change different columns of a set: both changes stand', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  await one.edit(id, { reps: 5 })
  await other.edit(id, { note: 'left foot slipped' })
  await one.sync()
  await other.sync()
  await one.sync()
  for (const phone of [one, other]) {
    const row = await phone.row(id)
    assert.deepEqual([row.reps, row.note], [5, 'left foot slipped'])
  }
})

test('a change between pull and push is a 409 that heals by itself', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  await one.edit(id, { reps: 5 })
  await other.edit(id, { note: 'mine' })
  const attempts = await other.sync({ beforePush: () => one.sync() })
  assert.equal(attempts, 2)
  const conflict = other.seen.pushes[0].body
  assert.equal(conflict.code, 'sync.conflict')
  assert.deepEqual(conflict.conflicts, [{ table: 'set_logs', id, reason: 'stale', rev: 2 }])
  const row = await held(id)
  assert.deepEqual([row.reps, row.note, row.rev], [5, 'mine', 3])
})

test('a push is taken whole or not at all', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  const fresh = await other.log({ note: 'rides along' })
  await other.edit(id, { reps: 4 })
  let between
  await other.sync({
    beforePush: async () => {
      await one.edit(id, { reps: 6 })
      await one.sync()
      between = await held(fresh.id)
    },
  })
  assert.equal(between, undefined)
  assert.equal(other.seen.pushes[0].status, 409)
  assert.equal((await held(fresh.id)).note, 'rides along')
})

test('a push whose answer was lost is sent again and changes nothing', async () => {
  const [one] = await twoPhones()
  const { id } = await one.log()
  const lost = () => {
    throw new Error('no signal')
  }
  await assert.rejects(one.sync({ afterPush: lost }), /no signal/)
  assert.equal(await one.dirty(), true)
  await one.sync()
  assert.equal((await held(id)).rev, 1)
  assert.equal(await one.dirty(), false)
})

test('a set taken back disappears everywhere, twice is once, an edit of it too', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  await one.remove(id)
  await other.remove(id)
  await one.sync()
  await other.sync()
  const again = await sharedSet(one, other)
  await one.remove(again)
  await other.edit(again, { reps: 3 })
  await one.sync()
  await other.sync()
  for (const gone of [id, again]) {
    assert.equal(await held(gone), undefined)
    assert.equal(await other.row(gone), undefined)
    const kept = await ask('SELECT row FROM clients_set_log_removed WHERE id = $1', [gone])
    assert.equal(kept[0].row.reps, world.set.reps)
  }
})

test('made, synced, deleted, synced: it does not rise again', async () => {
  const [one] = await twoPhones()
  const { id } = await one.log()
  await one.sync()
  await one.remove(id)
  await one.sync()
  await one.sync()
  assert.equal(await one.row(id), undefined)
})

test('what is committed late by a transaction that began early is told', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  const late = await someone()
  await late.query('BEGIN')
  await late.query("UPDATE clients_set_log SET note = 'late' WHERE id = $1", [id])
  const { id: meanwhile } = await one.log()
  await one.sync()
  await other.sync()
  await late.query('COMMIT')
  await late.end()
  await other.sync()
  assert.equal((await other.row(id)).note, 'late')
  assert.ok(await other.row(meanwhile))
})

test('who loses the place is told every id as deleted, and every row when it returns', async () => {
  const [one] = await twoPhones()
  const { id } = await one.log()
  await one.sync()
  const bind = user => ask('UPDATE clients_client SET user_id = $1 WHERE id = $2', user)
  await bind([null, world.noor.client])
  try {
    await one.sync()
    for (const table of ['sessions', 'set_logs']) assert.equal((await one.rows(table)).size, 0)
  } finally {
    await bind([world.noor.user, world.noor.client])
  }
  await one.sync()
  assert.ok(await one.row(id))
})

test('after a restore the full set replaces: ghosts go, what was not yet sent survives', async () => {
  const [one, other] = await twoPhones()
  const ghost = await sharedSet(one, other)
  const { id: unsent } = await one.log({ note: 'unsent' })
  await ask("SET session_replication_role = replica; DELETE FROM clients_set_log WHERE id = '" + ghost + "'")
  await ask("DELETE FROM coachapi_sync_change WHERE row_id = $1", [ghost])
  await ask('SELECT sync_begin_again()')
  await one.sync()
  assert.equal(one.seen.pulls.at(-1).experimentalStrategy, 'replacement')
  assert.equal(await one.row(ghost), undefined)
  assert.equal((await held(unsent)).note, 'unsent')
})

test('an app that has got a new column is sent the rows again', async () => {
  const old = device({ version: 1 })
  await old.sync()
  const [one] = await twoPhones()
  const { id } = await one.log({ note: 'from a newer app' })
  await one.sync()
  await old.sync()
  assert.equal((await old.row(id)).note, undefined)
  const upgraded = device({ memory: old.memory }) // the same store, opened by the new version
  await upgraded.sync()
  assert.equal((await upgraded.row(id)).note, 'from a newer app')
})

test('an edit made while its push is under way stays to be sent', async () => {
  const [one] = await twoPhones()
  const { id } = await one.log({ reps: 8 })
  await one.sync({ beforePush: () => one.edit(id, { reps: 10 }) })
  assert.equal(await one.dirty(), true)
  assert.equal((await held(id)).reps, 8)
  await one.sync()
  assert.equal((await held(id)).reps, 10)
})

test('an open transaction elsewhere keeps nobody from correcting a set', async t => {
  const [one] = await twoPhones()
  const long = await someone()
  t.after(() => long.end())
  await long.query('BEGIN')
  await long.query('SELECT pg_current_xact_id()')
  const { id } = await one.log()
  await one.sync()
  for (const reps of [5, 6, 7]) {
    await one.edit(id, { reps })
    assert.equal(await one.sync(), 1)
  }
  await long.query('COMMIT')
  assert.equal((await held(id)).reps, 7)
})

test('a pull is of one moment, whatever commits while it reads', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  await one.edit(id, { reps: 4 })
  const { id: report } = await one.says(world.said)
  await one.sync()
  await device().sync() // what is shown of the plan is up to date: the pull below reads, no more
  const writer = await someone()
  await writer.query('BEGIN')
  await writer.query('LOCK TABLE clients_report IN ACCESS EXCLUSIVE MODE')
  await writer.query("UPDATE clients_set_log SET note = 'both' WHERE id = $1", [id])
  const seen = 'UPDATE clients_report SET seen_at = now(), seen_by_id = $1 WHERE id = $2'
  await writer.query(seen, [world.coach, report])
  let done = false
  const reading = other.sync().finally(() => { done = true }) // it waits at the reports
  while (!done && (await ask('SELECT FROM pg_locks WHERE NOT granted')).length === 0)
    await new Promise(resolve => setTimeout(resolve, 5))
  assert.equal(done, false)
  await writer.query('COMMIT')
  await writer.end()
  await reading
  const state = async () => [
    (await other.row(id)).note === 'both',
    (await other.row(report, 'symptom_reports')).seen_at !== null,
  ]
  const [first, second] = await state()
  assert.equal(first, second)
  await other.sync()
  assert.deepEqual(await state(), [true, true])
})

test('an edit of a set that was deleted between pull and push does not bring it back', async () => {
  const [one, other] = await twoPhones()
  const id = await sharedSet(one, other)
  await one.remove(id)
  await other.edit(id, { reps: 2 })
  await other.sync({ beforePush: () => one.sync() })
  assert.deepEqual(other.seen.pushes[0].body.conflicts, [
    { table: 'set_logs', id, reason: 'deleted' },
  ])
  assert.equal(await held(id), undefined)
  assert.equal(await other.row(id), undefined)
})

test('a row that cannot be taken blocks nothing and is put right by the next pull', async () => {
  const [one] = await twoPhones()
  const bad = await one.log({ exercise_id: 'no_such_lift' })
  const good = await one.log()
  await one.sync()
  const { warnings } = one.seen.pushes.at(-1).body
  assert.deepEqual(warnings.map(each => [each.table, each.id]), [['set_logs', bad.id]])
  assert.ok(await held(good.id))
  await one.sync()
  assert.equal(await one.row(bad.id), undefined)
  const kept = await ask('SELECT row FROM clients_sync_quarantine WHERE row_id = $1', [bad.id])
  assert.equal(kept[0].row.exercise_id, 'no_such_lift')
})

test('a report pushed with its sets is judged, and its state comes back', async () => {
  const [one] = await twoPhones()
  await one.log()
  const { id } = await one.says(world.said)
  await one.sync()
  await one.sync()
  const row = await one.row(id, 'symptom_reports')
  assert.deepEqual([row.level, row.open, row._status], ['monitor', true, 'synced'])
  const judged = await ask('SELECT FROM clients_verdict WHERE report_id = $1', [id])
  const told = await ask('SELECT FROM notifications_alert WHERE client_id = $1', [world.noor.client])
  assert.deepEqual([judged.length, told.length > 0], [1, true])
})
