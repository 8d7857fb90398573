# mockdde as a container: `docker build -t mockdde . && docker run --rm mockdde --help`.
#
# A client under test has to be in the container with it: begin your own image with FROM mockdde,
# or mount the client and what it needs. The server is reached from outside with
# `docker run --rm -p 8080:8080 mockdde serve --host 0.0.0.0`.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY mockdde ./mockdde
COPY schemas ./schemas
COPY scenarios ./scenarios
COPY conformance ./conformance
# To list the scenarios reads them all, and keeps what was read where the container cannot write.
RUN python -m venv /opt/mockdde \
    && /opt/mockdde/bin/pip install --no-cache-dir --disable-pip-version-check '.[fast]' \
    && /opt/mockdde/bin/mockdde scenarios > /dev/null

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 mockdde
COPY --from=build /opt/mockdde /opt/mockdde
ENV PATH=/opt/mockdde/bin:$PATH PYTHONUNBUFFERED=1
USER mockdde
WORKDIR /work
EXPOSE 8080
ENTRYPOINT ["mockdde"]
CMD ["--help"]
