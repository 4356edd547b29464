# The bot as it is run: `docker build -t inkwell .`. Nothing is kept in the container: set MONGODB_URI.
FROM node:22-bookworm-slim AS build
WORKDIR /inkwell
COPY package.json package-lock.json ./
COPY packages packages
RUN npm ci --no-audit --no-fund
COPY scripts/build.mjs scripts/ledger-digest.mjs scripts/owner.ts scripts/
COPY scripts/ledger scripts/ledger
COPY src src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /inkwell
COPY --from=build /inkwell/node_modules node_modules
COPY --from=build /inkwell/dist dist
COPY package.json manifest.yml ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "dist/main.js"]
