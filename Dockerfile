# The service, as an image: its source, the packages that it runs on, the built pages and the migrations, and nothing else.
# Node refuses TypeScript below node_modules, so the workspace itself is shipped (docs/decisions/0001-run-the-source.md).
# `npm run prove:many` performs these steps without Docker. For a build that can be repeated to the byte, pin the base by
# its digest too.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /srv/fobwatch
COPY . .
RUN npm run build

FROM node:24.21.0-bookworm-slim AS production
WORKDIR /srv/fobwatch
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
COPY packages/contracts/package.json packages/contracts/
COPY packages/store/package.json packages/store/
COPY packages/token-verifier/package.json packages/token-verifier/
RUN npx --yes pnpm@12.21.0 install --prod --frozen-lockfile --filter @fobwatch/api...

FROM node:24.21.0-bookworm-slim
WORKDIR /srv/fobwatch
COPY --from=production /srv/fobwatch ./
COPY --from=build /srv/fobwatch/apps/api/src apps/api/src
COPY --from=build /srv/fobwatch/apps/web/dist apps/web/dist
COPY --from=build /srv/fobwatch/packages/contracts/src packages/contracts/src
COPY --from=build /srv/fobwatch/packages/store/src packages/store/src
COPY --from=build /srv/fobwatch/packages/token-verifier/src packages/token-verifier/src
COPY --from=build /srv/fobwatch/prisma/migrations prisma/migrations
COPY --from=build /srv/fobwatch/LICENSE ./
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
# Most of what a log in leaves is soon dead: with more room for it, V8 copies what is still alive less often. And the processor
# finds Node's code sooner in large pages, where the machine has them.
ENV NODE_OPTIONS="--max-semi-space-size=128 --use-largepages=silent"
# What a start compiles is in the image, made by the user who reads it: a third of the processor time of a start. Without any
# settings it loads everything, says what it lacks, and ends. What is read from there runs, so that the service may not write it.
ENV NODE_COMPILE_CACHE=/srv/fobwatch/.compiled
RUN mkdir -m 777 .compiled
USER node
RUN NODE_COMPILE_CACHE=$PWD/.compiled FOBWATCH_WORKERS=1 node apps/api/src/main.ts || true
USER root
RUN chown -R 0:0 .compiled && chmod -R a-w .compiled
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell in between: SIGTERM reaches the service, which finishes what is under way and ends.
CMD ["node", "apps/api/src/main.ts"]
