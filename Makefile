# Lan Tỏa. `make` alone prints this menu.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .uv/bin/uv
RUN := .venv/bin/python
STAMP := .venv/.synced

.PHONY: help run test lint demo bench chaos format verify-audit messages clean

help:  ## In ra bảng lệnh này
	@echo "Lan Tỏa – lệnh thường dùng:"
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1 \2/p' $(MAKEFILE_LIST) | while read -r name words; do printf '  make %-13s %s\n' "$$name" "$$words"; done

$(UV):
	@echo "→ Chuẩn bị công cụ cài đặt (uv)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên. Đặt PYTHON=/đường/dẫn/python3.11 rồi chạy lại."; exit 1; }
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'

$(STAMP): uv.lock pyproject.toml | $(UV)
	@echo "→ Cài đặt các gói theo uv.lock…"
	@$(UV) sync --frozen --python $(PYTHON) --quiet --compile-bytecode
	@touch $(STAMP)

# Bytecode is written once here: where PYTHONDONTWRITEBYTECODE is set, every process would compile everything anew.
.PHONY: bytecode
bytecode: $(STAMP)
	@$(RUN) -m compileall -q -j 0 cms campaigns media publishers tests benchmarks

run: bytecode  ## Chạy trọn hệ thống trên máy này (web, nhịp, hai bộ xử lý, nền tảng thử nghiệm, dữ liệu minh họa)
	@exec $(RUN) -m cms.supervise run

test: bytecode  ## Chạy mọi phép thử (kể cả trình duyệt); nói rõ phần nào phải bỏ qua và vì sao
	@exec $(RUN) -m tests

lint: $(STAMP)  ## Soát mã: ruff, kiểu, hướng nhập mô-đun, migration, kiểm tra triển khai
	@exec $(RUN) -m tests.lint

demo: bytecode  ## Làm trọn việc chính không cần người bấm; báo lỗi nếu một con số sai
	@exec $(RUN) -m cms.supervise demo

bench: bytecode  ## Đo tốc độ, in số liệu bên cạnh mốc so sánh
	@$(UV) sync --frozen --python $(PYTHON) --quiet --compile-bytecode --group bench
	@exec $(RUN) -m benchmarks

chaos: bytecode  ## Phá ngẫu nhiên rồi đếm bài trùng, bài mất
	@exec $(RUN) -m benchmarks.chaos

verify-audit: $(STAMP)  ## Kiểm tra nhật ký thao tác có bị sửa, bị xóa không
	@exec $(RUN) manage.py verify_audit

messages: $(STAMP)  ## Biên dịch bản dịch giao diện
	@exec $(RUN) manage.py compile_catalogues

format: $(STAMP)  ## Định dạng mã
	@$(RUN) -m ruff format . && $(RUN) -m ruff check --fix .

clean:  ## Xóa dữ liệu chạy thử trong var/ (giữ mã nguồn)
	@rm -rf var && echo "Đã xóa var/."
