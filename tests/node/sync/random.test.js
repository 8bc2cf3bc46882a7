'use strict'
// Three phones of one person, a coach, lost answers and a long transaction: in the end all agree.
const test = require('node:test')
const assert = require('node:assert/strict')
const { device, someone, ask, world } = require('./device')

const OPS = Number(process.env.OPS || 120)
const SEED = Number(process.env.SEED || 1)

// mulberry32: the same run again for the same seed.
function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test(`three phones agree with the table after ${OPS} acts each (seed ${SEED})`, async () => {
  const chance = random(SEED)
  const pick = list => list[Math.floor(chance() * list.length)]
  const phones = [device(), device(), device()]
  for (const phone of phones) await phone.sync()
  const coach = await someone()
  let long = null
  const lost = () => {
    throw new Error('no signal')
  }
  for (let act = 0; act < OPS * phones.length; act += 1) {
    const phone = pick(phones)
    const ids = [...(await phone.rows()).keys()]
    const what = chance()
    if (what < 0.25 || ids.length === 0) await phone.log({ reps: 1 + Math.floor(chance() * 12) })
    else if (what < 0.45) await phone.edit(pick(ids), { reps: 1 + Math.floor(chance() * 12) })
    else if (what < 0.55) await phone.edit(pick(ids), { note: `n${act}` })
    else if (what < 0.62) await phone.remove(pick(ids))
    else if (what < 0.7)
      await coach.query('UPDATE clients_set_log SET note = $1 WHERE id = $2', [`c${act}`, pick(ids)])
    else if (what < 0.74 && !long) {
      long = await someone()
      await long.query('BEGIN')
      await long.query('SELECT pg_current_xact_id()')
    } else if (what < 0.78 && long) {
      await long.query('COMMIT')
      await long.end()
      long = null
    } else if (what < 0.85) {
      const others = phones.filter(each => each !== phone)
      await phone.sync({ beforePush: () => pick(others).sync() })
    } else if (what < 0.9)
      await phone.sync({ afterPush: lost }).catch(error => assert.match(error.message, /no signal/))
    else await phone.sync()
  }
  if (long) {
    await long.query('COMMIT')
    await long.end()
  }
  await coach.end()
  for (let round = 0; round < 2; round += 1) for (const phone of phones) await phone.sync()
  const rows = await ask(
    'SELECT id, reps, note, rev FROM clients_set_log WHERE client_id = $1 ORDER BY id',
    [world.noor.client],
  )
  const table = rows.map(row => [row.id, row.reps, row.note, row.rev])
  for (const phone of phones) {
    const mine = [...(await phone.rows()).values()]
      .map(row => [row.id, row.reps, row.note, row.rev])
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    assert.deepEqual(mine, table)
    assert.equal(await phone.dirty(), false)
  }
})
