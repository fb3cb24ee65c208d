# One image for web, workers and beat; which one it is says the command in docker-compose.yml.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN pip install --no-cache-dir 'uv>=0.9'
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --python /usr/local/bin/python3.11

FROM python:3.11-slim-bookworm
# espeak-ng speaks the trial voice; Noto draws Khmer, Chăm and Thái.
RUN apt-get update \
    && apt-get install -y --no-install-recommends espeak-ng fonts-noto-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /app lantoa
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY . .
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    LANTOA_VAR_DIR=/var/lib/lantoa
# Build-time keys are thrown away: the real ones come from the environment of the container.
RUN mkdir -p /var/lib/lantoa && chown lantoa /var/lib/lantoa \
    && LANTOA_SECRET_KEY=build-only LANTOA_FIELD_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= LANTOA_HOSTS=build.invalid \
       python manage.py compile_catalogues \
    && LANTOA_SECRET_KEY=build-only LANTOA_FIELD_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= LANTOA_HOSTS=build.invalid \
       LANTOA_VAR_DIR=/app/var python manage.py collectstatic --noinput \
    && rm -rf /app/var/keys
USER lantoa
EXPOSE 8000
CMD ["gunicorn", "cms.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--timeout", "120"]
