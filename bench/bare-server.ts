/** The least a request can be: Fastify takes a body, pg writes one row of it. */
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 32 });
const app = Fastify();
const body = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', maxLength: 1000 } },
};
app.post<{ Body: { text: string } }>('/rows', { schema: { body } }, async (request, reply) => {
  const { rows } = await pool.query<{ id: string }>(
    'insert into bench_rows (text) values ($1) returning id',
    [request.body.text],
  );
  return reply.code(201).send({ id: rows[0]!.id });
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
process.once('SIGTERM', () => void app.close().then(() => pool.end()));
