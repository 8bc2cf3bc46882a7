# One image for web, worker, beat and migrate; docker-compose.yml gives each its command.
FROM python:3.12-slim AS build
COPY requirements.txt /build/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /build/requirements.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=coachapi.settings STATIC_ROOT=/app/static
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py ./
COPY coachapi ./coachapi
COPY programs ./programs
COPY clients ./clients
# Static files need no secret and no database; the key is thrown away with this command.
RUN SECRET_KEY=only-for-collecting-static-files-0123456789-0123456789 python manage.py collectstatic --no-input \
    && useradd --system --uid 10001 --no-create-home coach \
    && mkdir -p /data && chown coach /data
USER coach
EXPOSE 8000
